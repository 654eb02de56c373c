import { cx } from "@/components/ui/cx";

type AnchoredProps = { as: "h2" | "h3"; id: string; children: string; className?: string };

/** A heading that can be linked to. The sign appears when the pointer or the Tab key comes near. */
export const Anchored = ({ as: Heading, id, children, className }: AnchoredProps) => (
  <div className="group/anchor flex items-baseline gap-2">
    <Heading className={cx("display", className)}>{children}</Heading>
    <a
      href={`#${id}`}
      aria-label={`Link to ${children}`}
      className="min-w-6 rounded-[3px] text-16 text-ink-faint no-underline opacity-0 transition-opacity group-hover/anchor:opacity-100 focus:opacity-100"
    >
      #
    </a>
  </div>
);
