import type { Ctx } from "@/lib/ctx";
import { entitlementsOf } from "@/lib/entitlements/queries";
import type { Id } from "@/lib/ids";
import type { Dress, Worn } from "@/lib/notifications/dress";
import { brandOf, getLogo, hashIn } from "./queries";
import { readableOn } from "./rules";

/** What an account's mail wears now, with its logo. Nothing where its plan has no branding. */
export async function dressOf(
  ctx: Ctx,
  accountId: Id<"account">,
): Promise<{ dress: Dress; logo: Buffer | undefined } | undefined> {
  const entitlement = await entitlementsOf(ctx, accountId);
  const brand = await brandOf(ctx, accountId, entitlement);
  if (!brand) return undefined;
  const logo = brand.logo ? await getLogo(ctx, { hash: hashIn(brand.logo) }) : undefined;
  return {
    dress: {
      name: brand.name,
      accent: worn(brand.accent),
      ground: worn(brand.ground),
      hasLogo: logo !== undefined,
      isWhiteLabel: entitlement?.branding === "white-label",
    },
    logo,
  };
}

const worn = (colour: string | null): Worn | null => (colour === null ? null : { colour, text: readableOn(colour) });
