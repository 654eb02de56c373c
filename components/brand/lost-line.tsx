import type { ReactNode } from "react";
import { Wordmark } from "./mark";

type LostLineProps = { title: string; children: ReactNode; actions: ReactNode; reference?: ReactNode };

/** What stands where a page could not: two voices and a line that did not reach. */
export function LostLine({ title, children, actions, reference }: LostLineProps) {
  return (
    <div className="page-wrap flex min-h-dvh flex-col">
      <header className="flex h-19 items-center max-sm:h-16">
        {/* A plain link: after an error the router may be what failed. */}
        <a href="/" className="flex min-h-11 items-center rounded-control no-underline">
          <Wordmark />
        </a>
      </header>
      <main className="my-auto max-w-[34rem] pt-8 pb-28">
        <svg
          viewBox="-2 -1 68 22"
          aria-hidden="true"
          className="w-60 max-w-full overflow-visible fill-none stroke-[3.2] [stroke-linecap:round]"
        >
          <path className="stroke-voice" d="M11.6 17.99A8.4 8.4 0 1 1 17.32 11.17" />
          <path className="stroke-book" d="M52.4 2.01A8.4 8.4 0 1 1 46.68 8.83" />
          <path className="stroke-rule-firm [stroke-dasharray:0.1_3.4] [stroke-width:0.9]" d="M22 10h20" />
        </svg>
        <h1 className="mt-8 text-39 sm:text-49">{title}</h1>
        <div className="mt-4 text-16 text-ink-soft">{children}</div>
        <div className="mt-8 flex flex-wrap gap-2">{actions}</div>
        {reference && <p className="mt-8 font-mono text-13 text-ink-faint [overflow-wrap:anywhere]">{reference}</p>}
      </main>
    </div>
  );
}
