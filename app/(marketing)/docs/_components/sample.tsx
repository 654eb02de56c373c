"use client";

import { useSyncExternalStore } from "react";
import { CodeBlock } from "@/components/ui/code-block";
import type { CodeSample } from "@/lib/http/describe/shape";

let chosen = "curl";
const listeners = new Set<() => void>();

const language = {
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  current: () => chosen,
  onServer: () => "curl",
  choose: (name: string) => {
    chosen = name;
    for (const listener of listeners) listener();
  },
};

/** One call in both languages. Whoever picks a language picks it for the whole page. */
export function Sample({ label, samples }: { label: string; samples: CodeSample[] }) {
  const current = useSyncExternalStore(language.subscribe, language.current, language.onServer);
  const [first, ...rest] = samples.map(({ lang, source }) => ({ language: lang, code: source }));
  if (!first) return null;
  return <CodeBlock label={label} samples={[first, ...rest]} language={current} onLanguageChange={language.choose} />;
}
