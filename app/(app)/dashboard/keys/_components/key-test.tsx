"use client";

import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Tag } from "@/components/ui/tag";

type Trial = { outcome: "accepted" | "refused" | "unreachable"; line: string; body: string };

/** Calls the API with a key, as any program would, and shows what came back. */
export function KeyTest({ apiKey }: { apiKey: string }) {
  const [trial, setTrial] = useState<Trial>();
  const [busy, start] = useTransition();

  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <Button
          variant="line"
          pending={busy && "Asking"}
          onClick={() => start(async () => setTrial(await tryKey(apiKey)))}
        >
          Test it
        </Button>
        <p
          role="status"
          className="flex flex-wrap items-center gap-x-3 gap-y-1 text-13 text-ink-soft tabular-nums empty:hidden"
        >
          {trial && (
            <>
              <Tag tone={trial.outcome === "accepted" ? "settled" : "lost"}>{SAID[trial.outcome]}</Tag>
              {trial.line}
            </>
          )}
        </p>
      </div>
      {trial?.body && (
        <pre className="animate-fade whitespace-pre-wrap rounded-control bg-paper-sunk p-4 font-mono text-13 leading-relaxed [overflow-wrap:anywhere]">
          {trial.body}
        </pre>
      )}
    </div>
  );
}

const SAID = { accepted: "The key works", refused: "Refused", unreachable: "No answer" };

async function tryKey(apiKey: string): Promise<Trial> {
  const startedAt = performance.now();
  try {
    const response = await fetch("/api/keys/current", {
      headers: { "X-API-Key": apiKey },
      credentials: "omit",
      cache: "no-store",
    });
    const body = JSON.stringify(await response.json(), null, 2);
    const line = `GET /api/keys/current · ${response.status} · ${Math.round(performance.now() - startedAt)} ms`;
    return { outcome: response.ok ? "accepted" : "refused", line, body };
  } catch {
    return { outcome: "unreachable", line: "Check your connection and try again.", body: "" };
  }
}
