import type { Ctx } from "@/lib/ctx";
import { planInForce } from "@/lib/entitlements/queries";
import type { Id } from "@/lib/ids";
import { levelFor, type SupportLevel } from "./rules";

/** What an account's plan gives it, for as long as it is in force. */
export async function supportLevelOf(ctx: Ctx, accountId: Id<"account">): Promise<SupportLevel> {
  const plan = await planInForce(ctx, accountId);
  return levelFor(plan ? [plan] : []);
}
