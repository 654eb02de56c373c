"use client";

import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import * as Radix from "radix-ui/dialog";
import type { ReactNode } from "react";
import { Overlay } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { returnFocus } from "@/components/ui/return-focus";
import { parseTheme } from "@/components/ui/theme";
import { themes } from "@/components/ui/theme-choice";
import { leave } from "../../(auth)/_components/leave";
import { navFor } from "./nav";
import { settingsFor } from "./settings-pages";
import { useShell } from "./shell";
import { useSwitchAccount } from "./use-switch-account";

type PanelProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** Everything the shell can do, by name. */
export function Palette({ open, onOpenChange }: PanelProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Overlay />
        <Radix.Content
          aria-describedby={undefined}
          onCloseAutoFocus={returnFocus}
          className="fixed inset-x-4 top-[12vh] z-50 mx-auto max-w-[560px] animate-rise overflow-hidden rounded-media bg-paper-raised shadow-float outline-none"
        >
          <Radix.Title className="sr-only">Find anything</Radix.Title>
          <Entries close={() => onOpenChange(false)} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Entries({ close }: { close: () => void }) {
  const { who, open, setTheme, buyCredits } = useShell();
  const router = useRouter();
  const { switchTo } = useSwitchAccount();
  const then = (act: () => void) => () => {
    close();
    act();
  };
  const go = (href: string) => then(() => router.push(href));

  return (
    <Command label="Find anything" loop>
      <Command.Input
        placeholder="A page, an account, something to do"
        className="w-full border-b border-rule bg-transparent px-5 py-4 text-16 outline-none"
      />
      <Command.List
        label="What was found"
        className="max-h-[min(420px,60dvh)] overflow-y-auto p-2 [&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-12 [&_[cmdk-group-heading]]:text-ink-faint"
      >
        <Command.Empty className="px-3 py-8 text-center text-ink-soft">Nothing goes by that name.</Command.Empty>
        <Command.Group heading="Pages">
          {[...navFor(who), ...settingsFor(who.scopes)].map(({ href, label }) => (
            <Entry key={href} onSelect={go(href)}>
              {href.startsWith("/dashboard/settings/") ? `Settings: ${label}` : label}
            </Entry>
          ))}
        </Command.Group>
        <Command.Group heading="Do">
          {who.scopes.includes("billing:write") && <Entry onSelect={then(() => buyCredits({}))}>Buy credits</Entry>}
          <Entry onSelect={then(() => open("team"))}>Make a team</Entry>
          {themes.map(({ value, label }) => (
            <Entry key={value} onSelect={then(() => setTheme(parseTheme(value)))}>
              Theme: {label}
            </Entry>
          ))}
          <Entry onSelect={then(() => open("shortcuts"))} keys="Ctrl /">
            Keyboard shortcuts
          </Entry>
          <Entry onSelect={then(() => void leave())}>Sign out</Entry>
        </Command.Group>
        {who.accounts.length > 1 && (
          <Command.Group heading="Act for">
            {who.accounts
              .filter(({ current }) => !current)
              .map(({ id, name }) => (
                <Entry key={id} value={`${name} ${id}`} onSelect={then(() => switchTo(id))}>
                  {name}
                </Entry>
              ))}
          </Command.Group>
        )}
      </Command.List>
    </Command>
  );
}

type EntryProps = { value?: string; onSelect: () => void; keys?: string; children: ReactNode };

const Entry = ({ value, onSelect, keys, children }: EntryProps) => (
  <Command.Item
    {...(value !== undefined && { value })}
    onSelect={onSelect}
    className="flex min-h-10 cursor-pointer items-center justify-between gap-3 rounded-control px-3 data-[selected=true]:bg-paper-sunk touch:min-h-11"
  >
    <span className="min-w-0 truncate">{children}</span>
    {keys && <Kbd>{keys}</Kbd>}
  </Command.Item>
);
