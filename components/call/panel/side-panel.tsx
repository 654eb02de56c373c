"use client";

import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import { buttonClass } from "@/components/ui/button-style";
import { cx } from "@/components/ui/cx";
import { type Panel, useCallState, useRunning } from "../context";
import { About } from "./about";
import { Chat } from "./chat";
import { People } from "./people";

const TABS: { name: Panel; label: string }[] = [
  { name: "chat", label: "Chat" },
  { name: "people", label: "People" },
  { name: "about", label: "About" },
];

/** Beside the stage on a wide screen, over most of a phone. The call goes on under it. */
export function SidePanel({ panel }: { panel: Panel }) {
  const { showPanel } = useRunning();
  const { people, knocks } = useCallState();
  const box = useRef<HTMLElement>(null);

  // Once, on opening: a tab that is changed keeps the focus on itself.
  useEffect(() => {
    const find = (what: string) => box.current?.querySelector<HTMLElement>(what);
    (find("textarea") ?? find("[aria-current=true]"))?.focus();
  }, []);

  return (
    <aside
      ref={box}
      aria-label="Side panel"
      className="z-6 flex min-h-0 w-80 animate-fade flex-col bg-paper max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:h-[85dvh] max-sm:w-full max-sm:animate-rise max-sm:rounded-t-media max-sm:shadow-float sm:my-3 sm:mr-3 sm:rounded-media"
    >
      <nav aria-label="Parts of the panel" className="flex items-center gap-5 border-b border-rule pr-2 pl-5">
        {TABS.map(({ name, label }) => (
          <button
            key={name}
            type="button"
            aria-current={name === panel}
            onClick={() => showPanel(name)}
            className={cx(
              "-mb-px min-h-12 border-b-2 font-medium",
              name === panel ? "border-ink" : "border-transparent text-ink-soft hover:text-ink",
            )}
          >
            {label}
            {name === "people" && (
              <span className="ml-1.5 text-ink-faint tabular-nums">{people.length + 1 + knocks.length}</span>
            )}
          </button>
        ))}
        <button
          type="button"
          aria-label="Close the panel"
          onClick={() => showPanel(null)}
          className={buttonClass({ variant: "quiet", size: "icon" }, "ml-auto")}
        >
          <X aria-hidden="true" strokeWidth={1.6} />
        </button>
      </nav>
      {panel === "chat" && <Chat />}
      {panel === "people" && <People />}
      {panel === "about" && <About />}
    </aside>
  );
}
