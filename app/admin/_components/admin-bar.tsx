"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Wordmark } from "@/components/brand/mark";
import { Stamp } from "@/components/ui/tag";
import { ADMIN_PAGES } from "./admin-pages";
import { SearchBox } from "./search-box";

/** One line on a desk, two on a phone: where one is, where else one may go, and what to look for. */
export function AdminBar() {
  const path = usePathname();
  return (
    <header className="border-b border-rule">
      <div className="mx-auto flex max-w-[1320px] flex-wrap items-center gap-x-6 gap-y-1 px-[clamp(16px,3vw,40px)] py-2">
        <Link href="/admin/books" className="flex min-h-11 items-center gap-2.5 rounded-control no-underline">
          <Wordmark small />
          <Stamp>Staff</Stamp>
        </Link>
        <nav aria-label="Staff" className="flex gap-5">
          {ADMIN_PAGES.map(({ href, label }) => (
            <Link
              key={href}
              href={href}
              aria-current={path.startsWith(href) ? "page" : undefined}
              className="flex min-h-11 items-center border-b-2 border-transparent font-medium text-ink-soft no-underline hover:text-ink aria-[current]:border-ink aria-[current]:text-ink"
            >
              {label}
            </Link>
          ))}
        </nav>
        <SearchBox />
        <Link
          href="/dashboard"
          className="ml-auto flex min-h-11 items-center gap-1.5 text-13 text-ink-soft no-underline hover:text-ink [&>svg]:size-4"
        >
          <ArrowLeft aria-hidden="true" strokeWidth={1.6} />
          Dashboard
        </Link>
      </div>
    </header>
  );
}
