import { cx } from "@/components/ui/cx";
import { Portrait } from "./portrait";

type FacesProps = { people: { id: string }[]; size?: "small" | "middle"; className?: string };

/** Faces that overlap, in the order in which people came. Their names stand beside them. */
export const Faces = ({ people, size = "small", className }: FacesProps) => (
  <span aria-hidden="true" className={cx("flex shrink-0", size === "small" ? "-space-x-2" : "-space-x-2.5", className)}>
    {people.map(({ id }) => (
      <Portrait
        key={id}
        seed={id}
        className={cx(size === "small" ? "size-7" : "size-9", "shadow-[0_0_0_2px_var(--paper)]")}
      />
    ))}
  </span>
);
