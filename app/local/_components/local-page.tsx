import Link from "next/link";
import type { ReactNode } from "react";
import { Wordmark } from "@/components/brand/mark";

/** The frame of what only a local Parley has. */
export function LocalPage({ title, intro, children }: { title: string; intro: ReactNode; children: ReactNode }) {
  return (
    <div className="page-wrap">
      <header className="flex h-16 items-center justify-between sm:h-19">
        <Link href="/" className="flex min-h-11 items-center rounded-control no-underline">
          <Wordmark />
        </Link>
        <nav aria-label="Local tools" className="flex gap-5">
          <Link href="/local/mailbox" className="flex min-h-11 items-center text-ink-soft">
            Mail
          </Link>
          <Link href="/local/time" className="flex min-h-11 items-center text-ink-soft">
            Clock
          </Link>
        </nav>
      </header>
      <main id="content" className="pt-6 pb-24">
        <h1 className="text-31 sm:text-39">{title}</h1>
        <p className="mt-2 max-w-measure text-ink-soft">{intro}</p>
        <div className="mt-8">{children}</div>
      </main>
    </div>
  );
}
