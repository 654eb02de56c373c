"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { ChangeKey } from "./change-key";
import { CreateKey } from "./create-key";
import { KeyLedger } from "./key-ledger";
import type { KeyRow } from "./key-row";
import { KeysHead } from "./keys-head";
import { ReplaceKey } from "./replace-key";
import { ShownKey } from "./shown-key";

/** What lies open on the desk: one thing at a time. */
type Open =
  | { what: "nothing" }
  | { what: "create" }
  | { what: "change"; row: KeyRow }
  | { what: "replace"; row: KeyRow }
  | { what: "shown"; name: string; key: string };

const NOTHING: Open = { what: "nothing" };

/** The dialogs stand here and not in a row, so that a list that reloads does not take a new key off the screen. */
export function KeyDesk({ rows, today }: { rows: KeyRow[]; today: string }) {
  const [open, setOpen] = useState<Open>(NOTHING);
  const close = () => setOpen(NOTHING);
  const show = (made: { name: string; key: string }) => setOpen({ what: "shown", ...made });
  const create = <Button onClick={() => setOpen({ what: "create" })}>Create a key</Button>;

  return (
    <>
      <KeysHead actions={rows.length > 0 && create} />
      <KeyLedger
        rows={rows}
        acts={{
          change: (row) => setOpen({ what: "change", row }),
          replace: (row) => setOpen({ what: "replace", row }),
        }}
        empty={
          <EmptyState title="No key yet." action={create}>
            A key lets a program act for this account. Create one, put it where your server keeps its secrets, and call.
          </EmptyState>
        }
      />
      <Dialog open={open.what !== "nothing"} onOpenChange={(next) => !next && close()}>
        {open.what === "create" && <CreateKey today={today} onCreated={show} />}
        {open.what === "change" && <ChangeKey row={open.row} today={today} onDone={close} />}
        {open.what === "replace" && <ReplaceKey row={open.row} onReplaced={show} />}
        {open.what === "shown" && <ShownKey name={open.name} apiKey={open.key} />}
      </Dialog>
    </>
  );
}
