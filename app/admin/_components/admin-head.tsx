import type { ReactNode } from "react";

type AdminHeadProps = { title: ReactNode; children?: ReactNode; actions?: ReactNode };

export const AdminHead = ({ title, children, actions }: AdminHeadProps) => (
  <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 pt-5">
    <div className="min-w-0">
      <h1 className="text-25 [overflow-wrap:anywhere]">{title}</h1>
      {children && <div className="mt-1 max-w-measure text-ink-soft">{children}</div>}
    </div>
    {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
  </header>
);

export const AdminSection = ({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) => (
  <section className="mt-8 min-w-0">
    <div className="mb-1 flex min-h-9 flex-wrap items-end justify-between gap-x-6 gap-y-1">
      <h2 className="text-20">{title}</h2>
      {aside}
    </div>
    {children}
  </section>
);

/** Names on the left, what they are on the right, one rule a line. */
export const Facts = ({ facts }: { facts: [name: string, value: ReactNode][] }) => (
  <dl className="border-t border-ink">
    {facts.map(([name, value]) => (
      <div key={name} className="grid gap-x-5 border-b border-rule py-1.5 sm:grid-cols-[150px_minmax(0,1fr)]">
        <dt className="text-ink-faint">{name}</dt>
        <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
      </div>
    ))}
  </dl>
);
