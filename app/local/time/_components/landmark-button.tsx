import { type ComponentProps, useId } from "react";
import { Button } from "@/components/ui/button";

type LandmarkButtonProps = Pick<ComponentProps<typeof Button>, "pending" | "disabled" | "onClick"> & {
  label: string;
  when: string | undefined;
  what: string;
};

/** A way to an instant by its name, with when it is and what happens beside it. */
export function LandmarkButton({ label, when, what, ...button }: LandmarkButtonProps) {
  const id = useId();
  return (
    <li className="flex items-center gap-4">
      <Button variant="line" size="big" className="w-38 shrink-0" aria-describedby={id} {...button}>
        {label}
      </Button>
      <p id={id} className="text-14 [overflow-wrap:anywhere]">
        {when && <span className="block tabular-nums">{when}</span>}
        <span className="text-ink-soft">{what}</span>
      </p>
    </li>
  );
}
