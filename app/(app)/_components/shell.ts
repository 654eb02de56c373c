"use client";

import { createContext, useContext } from "react";
import type { Theme } from "@/components/ui/theme";
import type { PackageNumber } from "@/lib/plans/catalogue";
import type { Who } from "./who";

/** What opens over the page, from anywhere in the shell. One at a time. */
export type Panel = "palette" | "shortcuts" | "team" | "credits";

/** Which package somebody needs: this one, or the smallest that covers what is missing. */
export type WantedCredits = { packageId?: PackageNumber; missing?: number };

export type Shell = {
  who: Who;
  theme: Theme;
  setTheme: (theme: Theme) => void;
  open: (panel: Panel) => void;
  /** Opens the till for credits, over whatever page is there. */
  buyCredits: (wanted: WantedCredits) => void;
};

export const ShellContext = createContext<Shell | null>(null);

export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (!shell) throw new Error("useShell is for what stands inside the shell");
  return shell;
}
