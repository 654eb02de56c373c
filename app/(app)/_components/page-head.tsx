import type { ReactNode } from "react";

type PageHeadProps = {
  title: string;
  /** One sentence on what the page is for. */
  children?: ReactNode;
  /** What can be done here, the most likely last. */
  actions?: ReactNode;
};

export function PageHead({ title, children, actions }: PageHeadProps) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 pt-5 sm:pt-8">
      <div className="min-w-0">
        <h1 className="text-25 sm:text-31">{title}</h1>
        {children && <p className="mt-1.5 max-w-measure text-ink-soft">{children}</p>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </header>
  );
}

/** A part of a page with a heading of its own. */
export function PageSection({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="mt-11 min-w-0 sm:mt-14">
      <div className="mb-2 flex min-h-10 flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h2 className="text-20 sm:text-25">{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
