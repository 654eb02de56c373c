"use client";

import { ChevronsUpDown, Plus } from "lucide-react";
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuRule } from "@/components/ui/menu";
import { useShell } from "./shell";
import { useSwitchAccount } from "./use-switch-account";

/** Says which account is acted for, and goes to another. */
export function AccountMenu() {
  const { who, open } = useShell();
  const { switchTo, pending } = useSwitchAccount();
  const { account, accounts } = who;

  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          title={account.name}
          className="flex min-h-12 w-full items-center gap-2.5 rounded-control border border-rule px-2.5 py-1.5 text-left leading-tight transition-colors hover:border-rule-firm max-[68.75rem]:justify-center max-[68.75rem]:px-0"
        >
          <Initial name={account.name} />
          <span className="min-w-0 flex-1 max-[68.75rem]:sr-only">
            <span className="sr-only">Account: </span>
            <span className="block truncate text-13 font-semibold">{pending ? "Switching" : account.name}</span>
            <span className="block text-12 text-ink-faint">{kindInWords(account.kind)}</span>
          </span>
          <ChevronsUpDown
            aria-hidden="true"
            className="size-4 shrink-0 text-ink-faint max-[68.75rem]:hidden"
            strokeWidth={1.6}
          />
        </button>
      }
    >
      <MenuLabel>Act for</MenuLabel>
      <MenuChoice
        value={account.id}
        onValueChange={switchTo}
        options={accounts.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <MenuRule />
      <MenuItem onSelect={() => open("team")}>
        <Plus aria-hidden="true" strokeWidth={1.6} />
        Make a team
      </MenuItem>
    </Menu>
  );
}

export const kindInWords = (kind: "personal" | "team") => (kind === "personal" ? "Personal account" : "Team");

export const Initial = ({ name }: { name: string }) => (
  <span
    aria-hidden="true"
    className="grid size-7 shrink-0 place-items-center rounded-control bg-book-wash font-serif text-16 leading-none text-book"
  >
    {[...name][0]?.toLocaleUpperCase() ?? "?"}
  </span>
);
