"use client";

import { Keyboard, LogOut, Settings } from "lucide-react";
import Link from "next/link";
import { Portrait } from "@/components/brand/portrait";
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuRule } from "@/components/ui/menu";
import { parseTheme } from "@/components/ui/theme";
import { themes } from "@/components/ui/theme-choice";
import { leave } from "../../(auth)/_components/leave";
import { useShell } from "./shell";

export function UserMenu() {
  const { who, theme, setTheme, open } = useShell();

  return (
    <Menu
      side="top"
      align="start"
      trigger={
        <button
          type="button"
          title={who.name}
          className="flex min-h-12 w-full items-center gap-2.5 rounded-control px-1.5 text-left leading-tight hover:bg-paper-sunk max-[68.75rem]:justify-center max-[68.75rem]:px-0"
        >
          <Portrait seed={who.userId} className="size-[34px]" />
          <span className="min-w-0 flex-1 max-[68.75rem]:sr-only">
            <span className="sr-only">You: </span>
            <span className="block truncate text-13 font-semibold">{who.name}</span>
            <span className="block truncate text-12 text-ink-faint">{who.email}</span>
          </span>
        </button>
      }
    >
      <MenuItem asChild>
        <Link href="/dashboard/settings">
          <Settings aria-hidden="true" strokeWidth={1.6} />
          Your profile
        </Link>
      </MenuItem>
      <MenuItem onSelect={() => open("shortcuts")}>
        <Keyboard aria-hidden="true" strokeWidth={1.6} />
        Keyboard shortcuts
      </MenuItem>
      <MenuRule />
      <MenuLabel>Theme</MenuLabel>
      <MenuChoice value={theme} onValueChange={(value) => setTheme(parseTheme(value))} options={themes} />
      <MenuRule />
      <MenuItem onSelect={leave}>
        <LogOut aria-hidden="true" strokeWidth={1.6} />
        Sign out
      </MenuItem>
    </Menu>
  );
}
