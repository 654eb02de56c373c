import { type Column, Ledger } from "@/components/ui/ledger";
import { Stamp, Tag } from "@/components/ui/tag";
import { cardName } from "@/lib/cards/rules";
import type { Card } from "@/lib/cards/schema";
import { CardActs } from "./card-acts";

const COLUMNS: Column<"card" | "ends" | "acts">[] = [
  { key: "card", title: "Card" },
  { key: "ends", title: "Good until", kind: "when", wideOnly: true },
  { key: "acts", title: "Actions", kind: "number" },
];

const until = ({ expMonth, expYear }: Card): string =>
  expMonth === null || expYear === null ? "" : `${String(expMonth).padStart(2, "0")}/${expYear}`;

export const CardLedger = ({ cards, mayChange }: { cards: Card[]; mayChange: boolean }) => (
  <Ledger
    caption="Saved cards"
    columns={COLUMNS}
    empty={
      <p className="border-t border-ink pt-3 text-ink-soft">
        None yet. A saved card pays for plans and lets the wallet fill by itself. It is charged for nothing else without
        you.
      </p>
    }
    rows={cards.map((card) => ({
      key: card.id,
      cells: {
        card: (
          <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <span className="font-semibold">{cardName(card)}</span>
            {card.isDefault && <Stamp>Default</Stamp>}
            {card.expired && <Tag tone="lost">Expired</Tag>}
            <span className="text-13 text-ink-faint sm:hidden">{until(card)}</span>
          </span>
        ),
        ends: until(card),
        acts: mayChange ? <CardActs id={card.id} name={cardName(card)} isDefault={card.isDefault} /> : null,
      },
    }))}
  />
);
