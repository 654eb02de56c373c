import type { CSSProperties } from "react";
import { BrandHead } from "@/components/brand/brand-head";
import { Mark, Wordmark } from "@/components/brand/mark";
import { readableOn } from "@/lib/branding/rules";
import type { RoomFacts } from "@/lib/protocol/room-parts";

/** Whose call it looks like. */
export type Look = Pick<RoomFacts, "branding" | "brand">;

export const HOUSE_LOOK: Look = { branding: "parley", brand: null };

/** While it is not known whose room it is, it is nobody's: a white label must not flash another mark. */
export const NOBODYS_LOOK: Look = { branding: "white-label", brand: null };

/** What is live wears the account's colour. */
export const accentOf = ({ brand }: Look): CSSProperties | undefined =>
  brand?.accent ? ({ "--voice": brand.accent, "--on-voice": readableOn(brand.accent) } as CSSProperties) : undefined; // React's type knows no properties of our own

/** In the call. A white label shows nothing of ours. */
export function CallMark({ look, live }: { look: Look; live: boolean }) {
  // biome-ignore lint/performance/noImgElement: a logo of a few KB, as it is.
  if (look.brand?.logo) return <img src={look.brand.logo} alt={look.brand.name} className="h-7 max-w-28" />;
  return look.branding === "white-label" ? null : <Mark live={live} className="size-7" />;
}

/** Before the call and after it. */
export const DoorMark = ({ look: { branding, brand } }: { look: Look }) => (
  <div className="flex w-full flex-wrap items-center justify-between gap-4">
    {brand && <BrandHead {...brand} />}
    {branding === "custom" && brand && (
      <span className="flex items-center gap-2 text-13 text-ink-faint">
        with <Wordmark small />
      </span>
    )}
    {!brand && branding !== "white-label" && <Wordmark />}
  </div>
);
