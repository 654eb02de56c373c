import { recordAudit } from "@/lib/audit/record";
import type { MemberActor, TxCtx } from "@/lib/ctx";
import { brandings } from "@/lib/db/schema";
import { entitlementsOf } from "@/lib/entitlements/queries";
import { AppError } from "@/lib/errors";
import { announceChange } from "@/lib/outbox/announce";

type Change = Partial<Pick<typeof brandings.$inferInsert, "displayName" | "accent" | "ground" | "logo" | "logoHash">>;

export async function requireBranding(ctx: TxCtx<MemberActor>): Promise<void> {
  const entitlement = await entitlementsOf(ctx, ctx.actor.accountId);
  if (entitlement && entitlement.branding !== "parley") return;
  throw new AppError("plan_limit", "Your own branding comes with Professional and Enterprise.", {
    details: { kind: "branding" },
  });
}

export async function keep(ctx: TxCtx<MemberActor>, change: Change, changed: string[]): Promise<void> {
  const { accountId } = ctx.actor;
  const set = { ...change, updatedAt: ctx.now };
  await ctx.db
    .insert(brandings)
    .values({ accountId, ...set })
    .onConflictDoUpdate({ target: brandings.accountId, set });
  await recordAudit(ctx, { action: "branding.changed", target: accountId, detail: { changed } });
  await announceChange(ctx, accountId, "account");
}
