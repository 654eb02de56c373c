import type { Ctx } from "@/lib/ctx";
import { mintKey } from "@/lib/keys/mint";
import { SHOWN_ONCE } from "@/lib/keys/schema";
import { openLogin } from "@/lib/logins/open";
import type { PlanFamily } from "@/lib/plans/catalogue";
import { FIRST_KEY_SCOPES } from "@/lib/scopes";
import { beginPlan, wantedPlan } from "./begin-plan";
import { makeUser } from "./internal";
import type { Register, Registered } from "./schema";

type How = { label: "mk" | "nk"; family?: PlanFamily | undefined };

/**
 * Makes a user, an account with its first credits, its first key and a login, together or not at all. A plan that was
 * asked for is begun after that, and what there is to pay is answered.
 */
export async function register(ctx: Ctx, { label, family, ...input }: Register & How): Promise<Registered> {
  const plan = wantedPlan(input.plan, family);
  const made = await makeUser(ctx, input, async (ctx, { user, account, creditBalance }) => {
    const accountId = account.id;
    const { key } = await mintKey(ctx, {
      accountId,
      createdBy: user.id,
      name: "First key",
      label,
      scopes: FIRST_KEY_SCOPES,
    });
    const { token, loginId } = await openLogin(ctx, { userId: user.id, accountId, via: "api" });
    return { user, account, token, loginId, apiKey: { key, note: SHOWN_ONCE }, creditBalance };
  });
  const { loginId, ...registered } = made;
  const actor = {
    ...{ kind: "user" as const, userId: made.user.id, loginId, accountId: made.account.id },
    ...{ role: "owner" as const, isStaff: false },
  };
  return { ...registered, plan: plan ? await beginPlan({ ...ctx, actor }, plan) : null };
}
