import type { TrialPerson } from "@/lib/rooms/schema";
import type { Seen } from "@/lib/sdk/debug";

/** One line of the inspector: what happened, at whose end, and when after the run began. */
export type Entry = { id: number; who: TrialPerson; seen: Seen; afterMs: number; brief: string };

export type Wanted = { text: string; source: "all" | Seen["source"] };

const BRIEF_CHARACTERS = 120;

export const briefOf = (body: unknown): string => {
  const text = JSON.stringify(body) ?? "";
  return text.length > BRIEF_CHARACTERS ? `${text.slice(0, BRIEF_CHARACTERS)}…` : text;
};

/** Each word has to be in its name, in whose it is, or in what it says. */
export function matching(entries: readonly Entry[], { text, source }: Wanted): readonly Entry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return entries.filter(({ who, seen }) => {
    if (source !== "all" && seen.source !== source) return false;
    if (words.length === 0) return true;
    const said = `${who} ${seen.name} ${seen.kind} ${JSON.stringify(seen.body) ?? ""}`.toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

/** One JSON object a line, as tools read it. */
export const asLines = (entries: readonly Entry[]): string =>
  entries
    .map(({ who, afterMs, seen }) =>
      JSON.stringify({
        afterMs,
        who,
        source: seen.source,
        direction: seen.direction,
        kind: seen.kind,
        name: seen.name,
        body: seen.body,
      }),
    )
    .join("\n");

/** "12.043" */
export const secondsAfter = (afterMs: number): string => (afterMs / 1_000).toFixed(3);

const WAYS: Record<Seen["kind"], { sign: string; words: string }> = {
  ask: { sign: "↑", words: "to the server" },
  answer: { sign: "↓", words: "answer of the server" },
  told: { sign: "↓", words: "from the server" },
  event: { sign: "·", words: "heard by the page" },
};

export const wayOf = ({ kind }: Seen) => WAYS[kind];
