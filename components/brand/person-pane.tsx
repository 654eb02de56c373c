import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import type { DrawnName } from "./people";
import { Person } from "./person";

type PersonPaneProps = {
  name: string;
  look: DrawnName;
  speaking?: boolean;
  /** Their line is down: grey, dark and still. */
  lost?: boolean;
  facing?: "right" | "left";
  /** Where the name stands; hidden, it is only read out. */
  nameAt?: "top" | "bottom" | "hidden";
  className?: string;
  children?: ReactNode;
};

/** A person in their half of a call, where the picture would be. */
export function PersonPane({
  name,
  look,
  speaking,
  lost,
  facing,
  nameAt = "bottom",
  className,
  children,
}: PersonPaneProps) {
  return (
    <div
      className={cx(
        "relative isolate overflow-hidden rounded-media bg-[oklch(.24_.02_165)] text-[oklch(.96_.01_120)]",
        className,
      )}
    >
      <Person
        look={look}
        still={lost ?? false}
        speaking={Boolean(speaking && !lost)}
        {...(facing && { facing })}
        className={cx("absolute inset-0 transition-[filter] duration-250", lost && "brightness-50 saturate-25")}
      />
      <p
        className={cx(
          "absolute left-3.5 z-2 text-13 font-[550] [text-shadow:0_1px_8px_oklch(.1_.02_165/.55)]",
          nameAt === "top" && "top-3.5",
          nameAt === "bottom" && "bottom-3",
          nameAt === "hidden" && "sr-only",
        )}
      >
        {name}
      </p>
      {children}
    </div>
  );
}
