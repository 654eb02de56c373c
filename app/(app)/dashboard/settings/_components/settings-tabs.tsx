"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { TabLinks } from "@/components/ui/tabs";
import type { Scope } from "@/lib/scopes";
import { SETTINGS_PAGES } from "../../../_components/settings-pages";

export function SettingsTabs({ scopes }: { scopes: readonly Scope[] }) {
  const path = usePathname();
  const tabs = SETTINGS_PAGES.filter(({ scope }) => !scope || scopes.includes(scope)).map(({ href, label }) => ({
    value: href,
    href,
    label,
  }));
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const current = row.current?.querySelector(`a[href="${path}"]`);
    current?.scrollIntoView({ inline: "center", block: "nearest" });
  }, [path]);

  return (
    <div ref={row} className="mt-4">
      <TabLinks label="Settings" tabs={tabs} current={path} />
    </div>
  );
}
