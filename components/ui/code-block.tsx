"use client";

import * as Radix from "radix-ui/tabs";
import { useState } from "react";
import { CopyButton } from "./copy-button";

type Sample = { language: string; code: string };

type CodeBlockProps = {
  label: string;
  samples: [Sample, ...Sample[]];
  /** Set by a page on which every block shows the same language; left out, the block chooses for itself. */
  language?: string;
  onLanguageChange?: (language: string) => void;
};

/** One sample, or the same sample in several languages. */
export function CodeBlock({ label, samples, language, onLanguageChange }: CodeBlockProps) {
  const [own, setOwn] = useState(samples[0].language);
  const current = samples.find((sample) => sample.language === (language ?? own)) ?? samples[0];

  const choose = (id: string) => {
    const sample = samples.find(({ language }) => idOf(language) === id);
    if (sample) (onLanguageChange ?? setOwn)(sample.language);
  };

  return (
    <Radix.Root
      value={idOf(current.language)}
      onValueChange={choose}
      className="overflow-hidden rounded-control bg-paper-sunk"
    >
      <div className="flex items-center justify-between gap-3 border-b border-rule pr-1 pl-4">
        <Radix.List aria-label={`${label}, language`} className="flex gap-4 overflow-x-auto">
          {samples.map((sample) => (
            <Radix.Trigger
              key={sample.language}
              value={idOf(sample.language)}
              className="-mb-px min-h-10 border-b-2 border-transparent text-13 font-medium whitespace-nowrap text-ink-soft hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:border-ink data-[state=active]:text-ink touch:min-h-11"
            >
              {sample.language}
            </Radix.Trigger>
          ))}
        </Radix.List>
        <CopyButton text={current.code} label={`Copy ${label}`} />
      </div>
      {samples.map((sample) => (
        <Radix.Content
          key={sample.language}
          value={idOf(sample.language)}
          className="overflow-x-auto focus-visible:-outline-offset-2"
        >
          <pre className="w-max min-w-full p-4 font-mono text-13 leading-relaxed [font-variant-ligatures:none]">
            <code>{sample.code}</code>
          </pre>
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}

/** The value becomes part of an id, which may not have spaces. */
const idOf = (language: string) => language.replace(/\W+/g, "-");
