"use client";

import { Search } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Mark, Wordmark } from "@/components/brand/mark";
import { CreditBadge } from "@/components/credits/credit-badge";
import { Kbd } from "@/components/ui/kbd";
import { AccountMenu } from "./account-menu";
import { isCurrent, navFor } from "./nav";
import { useShell } from "./shell";
import { UserMenu } from "./user-menu";

const line =
  "flex h-[38px] w-full items-center gap-[11px] rounded-control px-2.5 font-medium text-ink-soft no-underline hover:text-ink max-[68.75rem]:justify-center touch:h-11 [&>svg]:size-[19px] [&>svg]:shrink-0";

/** The left rail. Below 1,100 px it keeps its icons, below 640 px the bottom bar takes its place. */
export function Rail() {
  const path = usePathname();
  const { who, open } = useShell();

  return (
    <header className="border-r border-rule max-sm:hidden">
      <div className="sticky top-0 flex h-dvh flex-col pt-[26px] pr-4 pb-5 pl-5 max-[68.75rem]:px-3">
        <Link
          href="/dashboard"
          aria-label="Parley, to the overview"
          className="mb-5 flex h-9 items-center rounded-control px-2 no-underline max-[68.75rem]:justify-center max-[68.75rem]:px-0"
        >
          <span className="max-[68.75rem]:hidden">
            <Wordmark />
          </span>
          <Mark className="size-7 min-[68.75rem]:hidden" />
        </Link>
        <AccountMenu />
        <nav aria-label="Main" className="mt-5">
          <ul className="grid gap-0.5">
            {navFor(who).map(({ href, label, icon: Icon }) => (
              <li key={href}>
                <Link
                  href={href}
                  aria-current={isCurrent(href, path) ? "page" : undefined}
                  title={label}
                  className={`${line} aria-[current]:bg-paper-sunk aria-[current]:text-ink`}
                >
                  <Icon aria-hidden="true" strokeWidth={1.6} />
                  <span className="max-[68.75rem]:sr-only">{label}</span>
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="mt-auto grid grid-cols-[minmax(0,1fr)] gap-3">
          <button type="button" onClick={() => open("palette")} title="Find anything" className={line}>
            <Search aria-hidden="true" strokeWidth={1.6} />
            <span className="max-[68.75rem]:sr-only">Find</span>
            <span className="ml-auto max-[68.75rem]:hidden">
              <Kbd>Ctrl K</Kbd>
            </span>
          </button>
          {who.credits !== null && <CreditBadge balance={who.credits} className="max-[68.75rem]:hidden" />}
          <UserMenu />
        </div>
      </div>
    </header>
  );
}
