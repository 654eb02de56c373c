"use client";

import { Ellipsis } from "lucide-react";
import type { ReactNode } from "react";
import { buttonClass } from "@/components/ui/button-style";
import { type Column, Ledger } from "@/components/ui/ledger";
import { Menu, MenuItem } from "@/components/ui/menu";
import { Tag, type TagTone } from "@/components/ui/tag";
import type { KeyState } from "@/lib/keys/schema";
import type { KeyRow } from "./key-row";
import { RevokeKey } from "./revoke-key";

type Cell = "key" | "may" | "used" | "ends" | "acts";

const COLUMNS: Column<Cell>[] = [
  { key: "key", title: "Key" },
  { key: "may", title: "May", wideOnly: true },
  { key: "used", title: "Last used", kind: "when", wideOnly: true },
  { key: "ends", title: "Expires", kind: "when", wideOnly: true },
];

const STATES: Record<Exclude<KeyState, "live">, { tone: TagTone; word: string }> = {
  retiring: { tone: "held", word: "Replaced" },
  expired: { tone: "lost", word: "Expired" },
  revoked: { tone: "lost", word: "Revoked" },
};

type KeyLedgerProps = {
  rows: KeyRow[];
  empty: ReactNode;
  /** Left out where the reader may see keys and change none. */
  acts?: { change: (row: KeyRow) => void; replace: (row: KeyRow) => void };
};

export function KeyLedger({ rows, empty, acts }: KeyLedgerProps) {
  const columns: Column<Cell>[] = acts ? [...COLUMNS, { key: "acts", title: "Actions", kind: "number" }] : COLUMNS;
  return (
    <Ledger
      caption="API keys"
      className="mt-7 sm:mt-10"
      columns={columns}
      empty={empty}
      rows={rows.map((row) => ({
        key: row.id,
        cells: {
          key: <KeyName row={row} />,
          may: <span className="block min-w-44 text-ink-soft">{row.may}</span>,
          used: row.lastUsed,
          ends: row.ends,
          acts: acts && (
            <span className="inline-flex items-center gap-1">
              <RevokeKey row={row} />
              <Menu
                trigger={
                  <button
                    type="button"
                    aria-label={`More for ${row.name}`}
                    className={buttonClass({ variant: "quiet", size: "icon" }, "-my-2")}
                  >
                    <Ellipsis aria-hidden="true" strokeWidth={1.6} />
                  </button>
                }
              >
                <MenuItem onSelect={() => acts.change(row)}>Change</MenuItem>
                {row.state === "live" && <MenuItem onSelect={() => acts.replace(row)}>Replace</MenuItem>}
              </Menu>
            </span>
          ),
        },
      }))}
    />
  );
}

function KeyName({ row }: { row: KeyRow }) {
  const state = row.state === "live" ? undefined : STATES[row.state];
  return (
    <span className="grid min-w-0 gap-0.5">
      <span className="flex flex-wrap items-baseline gap-x-2.5">
        <b className="min-w-0 font-semibold [overflow-wrap:anywhere]">{row.name}</b>
        {state && <Tag tone={state.tone}>{state.word}</Tag>}
      </span>
      <span className="font-mono text-13 text-ink-soft">{row.masked}</span>
      {row.allowedOrigins.length > 0 && <span className="text-13 text-ink-faint">{row.allowedOrigins.join(", ")}</span>}
    </span>
  );
}
