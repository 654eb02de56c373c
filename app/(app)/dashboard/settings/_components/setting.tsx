import type { ReactNode } from "react";

/** One thing to set: what it is on the left, the form for it on the right. */
export const Setting = ({ title, words, children }: { title: string; words: ReactNode; children: ReactNode }) => (
  <section className="grid gap-x-10 gap-y-5 border-b border-rule py-7 sm:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
    <div className="min-w-0">
      <h2 className="text-20">{title}</h2>
      <p className="mt-1.5 text-ink-soft">{words}</p>
    </div>
    <div className="grid min-w-0 content-start gap-5">{children}</div>
  </section>
);
