import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink } from "./button-link";
import { buttonClass } from "./button-style";

type PagerProps = {
  /** Where the reader is: "1–50 of 10,000". */
  label: ReactNode;
  previousHref?: string | undefined;
  nextHref?: string | undefined;
  /** What is being paged, for a screen reader: "March, pages". */
  name?: string;
};

export function Pager({ label, previousHref, nextHref, name = "Pages" }: PagerProps) {
  return (
    <nav aria-label={name} className="flex items-center justify-between gap-4 border-t border-rule pt-3">
      <p className="text-13 text-ink-faint tabular-nums">{label}</p>
      <div className="flex gap-2">
        <Step href={previousHref} label="Earlier page">
          <ChevronLeft aria-hidden="true" strokeWidth={1.6} />
        </Step>
        <Step href={nextHref} label="Later page">
          <ChevronRight aria-hidden="true" strokeWidth={1.6} />
        </Step>
      </div>
    </nav>
  );
}

function Step({ href, label, children }: { href: string | undefined; label: string; children: ReactNode }) {
  if (href) {
    return (
      <ButtonLink href={href} variant="line" size="icon" aria-label={label}>
        {children}
      </ButtonLink>
    );
  }
  return (
    <button type="button" disabled aria-label={label} className={buttonClass({ variant: "line", size: "icon" })}>
      {children}
    </button>
  );
}
