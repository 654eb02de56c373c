"use client";

import { Menu as MenuIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { Sheet, SheetContent, SheetTrigger } from "@/components/ui/sheet";
import { isCurrent, navFor } from "./nav";
import { PhoneMenu } from "./phone-menu";
import { useShell } from "./shell";

const stop =
  "flex h-[52px] w-full flex-col items-center justify-center gap-[3px] rounded-control text-[11px] leading-tight font-medium text-ink-soft no-underline [&>svg]:size-[21px]";

/** The rail of a phone: four pages and the menu. */
export function BottomBar() {
  const path = usePathname();
  const { who } = useShell();
  const [open, setOpen] = useState(false);
  const stops = navFor(who)
    .filter(({ onPhone }) => onPhone)
    .slice(0, 4);

  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-10 border-t border-rule bg-paper-raised px-2 pt-1.5 pb-[calc(0.375rem+env(safe-area-inset-bottom))] sm:hidden"
    >
      <ul className="grid auto-cols-fr grid-flow-col">
        {stops.map(({ href, label, icon: Icon }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={isCurrent(href, path) ? "page" : undefined}
              className={`${stop} aria-[current]:font-semibold aria-[current]:text-ink`}
            >
              <Icon aria-hidden="true" strokeWidth={1.6} />
              {label}
            </Link>
          </li>
        ))}
        <li>
          <Sheet open={open} onOpenChange={setOpen}>
            <SheetTrigger className={stop}>
              <MenuIcon aria-hidden="true" strokeWidth={1.6} />
              Menu
            </SheetTrigger>
            <SheetContent title={who.account.name} description={`Signed in as ${who.name}, ${who.email}`}>
              <PhoneMenu close={() => setOpen(false)} />
            </SheetContent>
          </Sheet>
        </li>
      </ul>
    </nav>
  );
}
