"use client";

import { useEffect, useState } from "react";
import { Tag } from "@/components/ui/tag";
import { testNetwork, type Verdict } from "./network-test";

const LOOK = {
  good: { tone: "settled", word: "Network good" },
  limited: { tone: "held", word: "Network limited" },
  blocked: { tone: "lost", word: "Network blocked" },
} as const;

/** What came of the test before the call, in a word and a reason. */
export function NetworkPill() {
  const [verdict, setVerdict] = useState<Verdict>();

  useEffect(() => {
    let gone = false;
    void testNetwork().then((found) => {
      if (!gone) setVerdict(found);
    });
    return () => {
      gone = true;
    };
  }, []);

  return (
    <p role="status" className="flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1 text-13 text-ink-faint">
      {verdict ? (
        <>
          <Tag tone={LOOK[verdict.level].tone}>{LOOK[verdict.level].word}</Tag>
          {verdict.words}
        </>
      ) : (
        <Tag tone="draft">Trying your network</Tag>
      )}
    </p>
  );
}
