import { creditsOf } from "@/lib/credits/queries";
import { type Ctx, inTx } from "@/lib/ctx";
import { listKeyPrefixes } from "@/lib/keys/queries";
import type { SignIn } from "@/lib/logins/schema";
import { signIn } from "@/lib/logins/sign-in";
import type { LoggedIn } from "./schema";

/** Signs a program in, and says which keys the account has. */
export async function logIn(ctx: Ctx, input: SignIn): Promise<LoggedIn> {
  const { user, accountId, login } = await signIn(ctx, { ...input, via: "api" });
  const apiKeys = await inTx(ctx, (ctx) => listKeyPrefixes(ctx, accountId));
  return { user, token: login.token, apiKeys, creditBalance: await creditsOf(ctx, accountId) };
}
