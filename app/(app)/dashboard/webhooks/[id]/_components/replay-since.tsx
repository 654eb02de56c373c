"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { EndpointDialog } from "../../_components/endpoint-dialog";
import { sentenceFor } from "../../_components/endpoint-fields";
import type { EndpointRow } from "../../_components/endpoint-row";
import { replaySinceAction } from "../../actions";

const WHICH = [
  { value: "undelivered" as const, label: "What failed or was missed" },
  { value: "all" as const, label: "Everything, also what was delivered" },
];

export const ReplaySince = ({ row, onDone }: { row: EndpointRow; onDone: () => void }) => (
  <EndpointDialog
    title="Replay events"
    description="Events are kept for 90 days. Each comes under the name it had, so that your receiver can tell what it has already."
    action="Replay"
    pending="Replaying"
    save={(form) =>
      replaySinceAction({
        id: row.id,
        since: `${form.get("since") ?? ""}T00:00:00Z`,
        which: WHICH.find(({ value }) => value === form.get("which"))?.value ?? "undelivered",
      })
    }
    onDone={({ replayed }) => {
      onDone();
      toast.settled(replayed === 1 ? "1 event is on its way" : `${replayed} events are on their way`);
    }}
  >
    {(error) => (
      <>
        <Field
          label="From this day on"
          hint="From midnight UTC."
          error={sentenceFor(error, "since") && "Choose a day."}
          required
        >
          <Input type="date" name="since" className="max-w-[220px]" />
        </Field>
        <Field label="Which">
          <Select name="which" options={WHICH} />
        </Field>
      </>
    )}
  </EndpointDialog>
);
