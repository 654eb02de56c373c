import type { ReactNode } from "react";

export const Kbd = ({ children }: { children: ReactNode }) => (
  <kbd className="rounded-[4px] px-1.5 py-[3px] font-mono text-12 leading-none font-medium text-ink-soft shadow-[inset_0_0_0_1px_var(--rule-firm)]">
    {children}
  </kbd>
);
