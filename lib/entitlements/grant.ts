import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, requireStaff } from "@/lib/ctx";
import { entitlementGrants } from "@/lib/db/schema";
import type { GrantRooms } from "./schema";

/** Lets an account use rooms for a period, in place of what it had. */
export async function grantRooms(ctx: Ctx, input: GrantRooms): Promise<void> {
  if (ctx.actor.kind !== "system") requireStaff(ctx);
  const { accountId, features, periodStart, periodEnd } = input;
  const grant = { features, periodStart, periodEnd };

  await inTx(ctx, async (ctx) => {
    await ctx.db
      .insert(entitlementGrants)
      .values({ accountId, family: "rooms", ...grant })
      .onConflictDoUpdate({ target: [entitlementGrants.accountId, entitlementGrants.family], set: grant });
    await recordAudit(ctx, { accountId, action: "entitlement.granted", target: accountId, detail: { ...grant } });
  });
}
