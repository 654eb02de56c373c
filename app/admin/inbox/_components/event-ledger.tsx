import { type Column, Ledger } from "@/components/ui/ledger";
import { Tag, type TagTone } from "@/components/ui/tag";
import type { StripeEvent } from "@/lib/stripe-events/schema";
import { formatInstant } from "@/lib/time";
import { Replay } from "./replay";

export const EVENT_WORDS: Record<StripeEvent["state"], [tone: TagTone, word: string]> = {
  new: ["held", "Waiting"],
  failed: ["lost", "Set aside"],
  parked: ["draft", "Parked"],
  done: ["settled", "Done"],
  ignored: ["plain", "Not ours"],
};

const COLUMNS: Column<"when" | "what" | "state" | "replay">[] = [
  { key: "when", title: "Happened", kind: "when", wideOnly: true },
  { key: "what", title: "Event" },
  { key: "state", title: "State", kind: "when" },
  { key: "replay", title: "Again", kind: "when" },
];

export const EventLedger = ({ rows, empty }: { rows: readonly StripeEvent[]; empty: string }) => (
  <Ledger
    caption="Events of Stripe"
    columns={COLUMNS}
    rows={rows.map((event) => ({
      key: event.id,
      cells: {
        when: formatInstant(event.createdAt),
        what: <What event={event} />,
        state: <Tag tone={EVENT_WORDS[event.state][0]}>{EVENT_WORDS[event.state][1]}</Tag>,
        replay: <Replay id={event.id} />,
      },
    }))}
    empty={<p className="border-t border-ink pt-3 text-ink-soft">{empty}</p>}
  />
);

const What = ({ event: { id, type, subject, attempts, via, note, createdAt } }: { event: StripeEvent }) => (
  <span className="grid">
    <b className="font-semibold">{type}</b>
    <span className="font-mono text-12 text-ink-faint">{subject === null ? id : `${id} about ${subject}`}</span>
    <span className="text-12 text-ink-faint">
      {via === "webhook" ? "came by webhook" : "was found by reconciliation"},{" "}
      {attempts === 1 ? "one try" : `${attempts} tries`}
    </span>
    {note && <span className="text-12">{note}</span>}
    <span className="text-12 text-ink-faint sm:hidden">{formatInstant(createdAt)}</span>
  </span>
);
