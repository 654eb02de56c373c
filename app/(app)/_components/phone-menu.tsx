"use client";

import { Check, LogOut, Plus, Search } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { CreditBadge } from "@/components/credits/credit-badge";
import { ThemeChoice } from "@/components/ui/theme-choice";
import { leave } from "../../(auth)/_components/leave";
import { Initial, kindInWords } from "./account-menu";
import { navFor } from "./nav";
import { useShell } from "./shell";
import { useSwitchAccount } from "./use-switch-account";

/** What the rail holds besides its pages, for a thumb. */
export function PhoneMenu({ close }: { close: () => void }) {
  const { who, theme, open } = useShell();
  const { switchTo } = useSwitchAccount();
  const elsewhere = navFor(who).filter(({ onPhone }) => !onPhone);
  const then = (act: () => void) => () => {
    close();
    act();
  };

  return (
    <div className="grid gap-7">
      {who.credits !== null && <CreditBadge balance={who.credits} onClick={close} className="px-0 text-14" />}
      <nav aria-label="More pages">
        <ul>
          {elsewhere.map(({ href, label, icon: Icon }) => (
            <li key={href} className="border-b border-rule">
              <Link href={href} onClick={close} className={line}>
                <Icon aria-hidden="true" strokeWidth={1.6} />
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <section>
        <h3 className="text-13 text-ink-faint">Act for</h3>
        <ul className="mt-1">
          {who.accounts.map(({ id, name, kind, current }) => (
            <li key={id} className="border-b border-rule">
              <button
                type="button"
                aria-current={current ? "true" : undefined}
                onClick={then(() => switchTo(id))}
                className="flex min-h-14 w-full items-center gap-3 text-left leading-tight"
              >
                <Initial name={name} />
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-semibold">{name}</span>
                  <span className="block text-13 text-ink-faint">{kindInWords(kind)}</span>
                </span>
                {current && <Check aria-hidden="true" className="size-5 text-book" strokeWidth={1.6} />}
              </button>
            </li>
          ))}
        </ul>
        <Line onClick={then(() => open("team"))} icon={<Plus aria-hidden="true" strokeWidth={1.6} />}>
          Make a team
        </Line>
      </section>
      <section className="grid justify-items-start gap-2">
        <h3 className="text-13 text-ink-faint">Theme</h3>
        <ThemeChoice initial={theme} />
      </section>
      <section className="border-t border-rule pt-2">
        <Line onClick={then(() => open("palette"))} icon={<Search aria-hidden="true" strokeWidth={1.6} />}>
          Find
        </Line>
        <Line onClick={leave} icon={<LogOut aria-hidden="true" strokeWidth={1.6} />}>
          Sign out
        </Line>
      </section>
    </div>
  );
}

const line =
  "flex min-h-12 w-full items-center gap-3 text-left font-medium no-underline [&>svg]:size-5 [&>svg]:text-ink-soft";

const Line = ({ icon, onClick, children }: { icon: ReactNode; onClick: () => void; children: ReactNode }) => (
  <button type="button" onClick={onClick} className={line}>
    {icon}
    {children}
  </button>
);
