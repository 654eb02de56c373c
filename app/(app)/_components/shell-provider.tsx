"use client";

import { type ReactNode, useEffect, useMemo, useState } from "react";
import type { Theme } from "@/components/ui/theme";
import { applyTheme } from "@/components/ui/theme-choice";
import { packageFor } from "@/lib/credits/rules";
import { BuyCreditsPanel } from "./buy-credits-panel";
import { CreateTeam } from "./create-team";
import { Palette } from "./palette";
import { type Panel, ShellContext, type WantedCredits } from "./shell";
import { Shortcuts } from "./shortcuts";
import type { Who } from "./who";

export function ShellProvider({ who, theme: saved, children }: { who: Who; theme: Theme; children: ReactNode }) {
  const [panel, setPanel] = useState<Panel>();
  const [theme, setTheme] = useState(saved);
  const [packageId, setPackageId] = useState(packageFor(0));

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const wanted = panelFor(event);
      if (!wanted) return;
      event.preventDefault();
      setPanel((shown) => (shown === wanted ? undefined : wanted));
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  const shell = useMemo(() => {
    const choose = (chosen: Theme) => {
      setTheme(chosen);
      applyTheme(chosen);
    };
    const buyCredits = ({ packageId, missing = 0 }: WantedCredits) => {
      setPackageId(packageId ?? packageFor(missing));
      setPanel("credits");
    };
    return { who, theme, setTheme: choose, open: setPanel, buyCredits };
  }, [who, theme]);

  const props = (name: Panel) => ({
    open: panel === name,
    onOpenChange: (open: boolean) => setPanel(open ? name : undefined),
  });

  return (
    <ShellContext value={shell}>
      {children}
      <Palette {...props("palette")} />
      <Shortcuts {...props("shortcuts")} />
      <CreateTeam {...props("team")} />
      <BuyCreditsPanel {...props("credits")} packageId={packageId} />
    </ShellContext>
  );
}

/** Only chords with Ctrl or Cmd: a lone letter would fire while somebody dictates. */
function panelFor(event: KeyboardEvent): Panel | undefined {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return undefined;
  if (event.key === "k") return "palette";
  if (event.key === "/") return "shortcuts";
  return undefined;
}
