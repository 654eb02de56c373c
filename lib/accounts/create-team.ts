import { type Ctx, inTx, type MemberActor, requireUser } from "@/lib/ctx";
import { createAccount } from "./create";
import { holdUser } from "./internal";
import type { CreateTeam, NamedAccount } from "./schema";

/** Makes a team that the caller owns. The login goes on acting for the account it acted for. */
export async function createTeam(ctx: Ctx<MemberActor>, { name }: CreateTeam): Promise<NamedAccount> {
  requireUser(ctx);

  return inTx(ctx, async (ctx) => {
    await holdUser(ctx);
    return createAccount(ctx, { name, kind: "team", ownerId: ctx.actor.userId });
  });
}
