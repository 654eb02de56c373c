"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { createEndpointAction } from "../actions";
import { EndpointDialog } from "./endpoint-dialog";
import { EndpointFields, withInput } from "./endpoint-fields";
import { EndpointLedger } from "./endpoint-ledger";
import type { EndpointRow } from "./endpoint-row";
import { ShownSecret } from "./shown-secret";
import { WebhooksHead } from "./webhooks-head";

type Open = { what: "nothing" } | { what: "create" } | { what: "secret"; secret: string };

const EMPTY = { url: "", description: "", events: [] };

/** The dialogs stand here and not in a row, so that a list that reloads does not take a new secret off the screen. */
export function EndpointDesk({ rows }: { rows: EndpointRow[] }) {
  const [open, setOpen] = useState<Open>({ what: "nothing" });
  const create = <Button onClick={() => setOpen({ what: "create" })}>Add an endpoint</Button>;

  return (
    <>
      <WebhooksHead actions={rows.length > 0 && create} />
      <EndpointLedger
        rows={rows}
        empty={
          <EmptyState title="No endpoint yet." action={create} className="mt-7 sm:mt-10">
            Add the address of a server of yours. It is told of each event as it happens, so that it need not ask.
          </EmptyState>
        }
      />
      <Dialog open={open.what !== "nothing"} onOpenChange={(next) => !next && setOpen({ what: "nothing" })}>
        {open.what === "create" && (
          <EndpointDialog
            title="Add an endpoint"
            action="Add endpoint"
            pending="Adding"
            save={(form) => withInput(form, createEndpointAction)}
            onDone={({ secret }) => setOpen({ what: "secret", secret })}
          >
            {(error) => <EndpointFields error={error} initial={EMPTY} />}
          </EndpointDialog>
        )}
        {open.what === "secret" && (
          <ShownSecret
            secret={open.secret}
            words="Put it where your receiver keeps its secrets, then open the endpoint and send a test."
          />
        )}
      </Dialog>
    </>
  );
}
