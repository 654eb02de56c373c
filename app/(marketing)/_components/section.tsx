import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

type SectionProps = { id?: string; title: string; intro?: ReactNode; children: ReactNode; className?: string };

export function Section({ id, title, intro, children, className }: SectionProps) {
  return (
    <section id={id} className={cx("page-wrap scroll-mt-6 pt-18 sm:pt-28", className)}>
      <h2 className="max-w-[20em] text-31 tracking-[-0.024em] sm:text-39">{title}</h2>
      {intro && <p className="mt-3 max-w-measure text-16 text-ink-soft">{intro}</p>}
      {children}
    </section>
  );
}
