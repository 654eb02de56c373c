"use client";

import Link from "next/link";
import * as Radix from "radix-ui/tabs";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";

/** On a phone the row fades where it goes on, and can be drawn far enough that its end does not. */
const list =
  "flex gap-6 overflow-x-auto border-b border-rule [scrollbar-width:none] max-sm:[mask-image:linear-gradient(to_right,#000_calc(100%-2.5rem),transparent)] max-sm:after:w-4 max-sm:after:shrink-0 max-sm:after:content-['']";
const tab =
  "-mb-px shrink-0 border-b-2 border-transparent py-2.5 font-medium whitespace-nowrap text-ink-soft no-underline hover:text-ink touch:min-h-11 focus-visible:-outline-offset-2";

type Tab = { value: string; label: string; count?: number };

type TabsProps = Omit<ComponentProps<typeof Radix.Root>, "children"> & {
  label: string;
  tabs: (Tab & { content: ReactNode })[];
};

export function Tabs({ label, tabs, className, ...rest }: TabsProps) {
  return (
    <Radix.Root
      className={className}
      {...rest}
      {...(rest.value === undefined && { defaultValue: rest.defaultValue ?? tabs[0]?.value })}
    >
      <Radix.List aria-label={label} className={list}>
        {tabs.map(({ value, label, count }) => (
          <Radix.Trigger
            key={value}
            value={value}
            className={cx(tab, "data-[state=active]:border-ink data-[state=active]:text-ink")}
          >
            {label}
            <Count count={count} />
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map(({ value, content }) => (
        <Radix.Content key={value} value={value} className="pt-4 outline-offset-4">
          {content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}

/** Tabs that are addresses: each is a page of its own, with a link to share. */
export function TabLinks({
  label,
  tabs,
  current,
}: {
  label: string;
  tabs: (Tab & { href: string })[];
  current: string;
}) {
  return (
    <nav aria-label={label} className={list}>
      {tabs.map(({ value, label, count, href }) => (
        <Link
          key={value}
          href={href}
          aria-current={value === current ? "page" : undefined}
          className={cx(tab, "aria-[current]:border-ink aria-[current]:text-ink")}
        >
          {label}
          <Count count={count} />
        </Link>
      ))}
    </nav>
  );
}

const Count = ({ count }: { count: number | undefined }) =>
  count === undefined ? null : <span className="ml-1.5 text-ink-faint tabular-nums">{count}</span>;
