import { eq } from "drizzle-orm";
import { type Ctx, type MemberActor, requireScope } from "@/lib/ctx";
import { accounts, brandings } from "@/lib/db/schema";
import { entitlementsOf } from "@/lib/entitlements/queries";
import type { RoomsEntitlement } from "@/lib/entitlements/schema";
import { notFound } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import type { RoomBrand } from "@/lib/protocol/room-parts";
import type { Branding, FindLogo } from "./schema";

const columns = {
  accountName: accounts.name,
  displayName: brandings.displayName,
  accent: brandings.accent,
  ground: brandings.ground,
  logoHash: brandings.logoHash,
};

/** What the account set, and whether its plan shows it. */
export async function getBranding(ctx: Ctx<MemberActor>): Promise<Branding> {
  requireScope(ctx, "account:read");
  const { accountId } = ctx.actor;
  const [entitlement, row] = await Promise.all([entitlementsOf(ctx, accountId), rowOf(ctx, accountId)]);
  const { logoHash, ...set } = row;
  return { right: entitlement?.branding ?? "parley", ...set, logo: pathOf(logoHash) };
}

/** How an account looks to others. Nothing where its plan has no branding, whatever was set once. */
export async function brandOf(
  ctx: Ctx,
  accountId: Id<"account">,
  entitlement: Pick<RoomsEntitlement, "branding"> | undefined,
): Promise<RoomBrand | null> {
  if (!entitlement || entitlement.branding === "parley") return null;
  const { displayName, accountName, accent, ground, logoHash } = await rowOf(ctx, accountId);
  return { name: displayName ?? accountName, accent, ground, logo: pathOf(logoHash) };
}

/** A logo by the hash of its bytes, so that an address always means the same picture. */
export async function getLogo(ctx: Ctx, { hash }: FindLogo): Promise<Buffer> {
  const [row] = await ctx.db
    .select({ logo: brandings.logo })
    .from(brandings)
    .where(eq(brandings.logoHash, hash))
    .limit(1);
  if (!row?.logo) throw notFound("Logo");
  return row.logo;
}

async function rowOf(ctx: Ctx, accountId: Id<"account">) {
  const [row] = await ctx.db
    .select(columns)
    .from(accounts)
    .leftJoin(brandings, eq(brandings.accountId, accounts.id))
    .where(eq(accounts.id, accountId));
  if (!row) throw notFound("Account");
  return row;
}

const LOGOS = "/api/branding/logos/";

const pathOf = (hash: string | null): string | null => hash && `${LOGOS}${hash}`;

export const hashIn = (path: string): string => path.slice(LOGOS.length);
