import { cx } from "@/components/ui/cx";
import { readableOn } from "@/lib/branding/rules";
import type { RoomBrand } from "@/lib/protocol/room-parts";

/** An account by its own logo, name and ground. */
export const BrandHead = ({ name, ground, logo }: Pick<RoomBrand, "name" | "ground" | "logo">) => (
  <p
    className={cx("flex w-fit min-w-0 max-w-full items-center gap-3 rounded-control", ground && "px-4 py-2.5")}
    style={ground ? { background: ground, color: readableOn(ground) } : undefined}
  >
    {logo && (
      // biome-ignore lint/performance/noImgElement: a logo of a few KB, as it is.
      <img src={logo} alt="" className="h-8 max-w-40 object-contain" />
    )}
    <span className="display min-w-0 truncate text-20">{name}</span>
  </p>
);
