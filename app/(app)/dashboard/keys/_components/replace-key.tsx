"use client";

import { type FormEvent, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogContent } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Refusal, type Refused } from "@/components/ui/refusal";
import { Select } from "@/components/ui/select";
import { regenerateKeyAction } from "../actions";
import type { KeyRow } from "./key-row";

const LEAKED = "leaked";
const OVERLAPS = [
  { value: "0", label: "Ends now", hint: "Programs that still send the old key are refused within a second." },
  { value: "1", label: "Works for 1 more hour", hint: "Time to put the new key in place." },
  { value: "24", label: "Works for 24 more hours", hint: "Time to put the new key in place everywhere." },
  {
    value: LEAKED,
    label: "Ends now: somebody else may have it",
    hint: "Refused within a second, and the audit log says that it leaked.",
  },
];

type ReplaceKeyProps = { row: KeyRow; onReplaced: (made: { name: string; key: string }) => void };

export function ReplaceKey({ row, onReplaced }: ReplaceKeyProps) {
  const [choice, setChoice] = useState("0");
  const [refusal, setRefusal] = useState<Refused>();
  const [busy, start] = useTransition();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const compromised = choice === LEAKED;
    start(async () => {
      const answer = await regenerateKeyAction({
        keyId: row.id,
        compromised,
        overlapHours: compromised ? 0 : Number(choice),
      });
      if (answer.ok) return onReplaced(answer.data);
      setRefusal(answer.error);
    });
  };

  return (
    <DialogContent
      title="Replace the key"
      description={
        <>
          A new key takes the place of <span className="font-mono">{row.masked}</span>, with the same name and rights.
        </>
      }
      size="small"
      footer={
        <>
          <DialogClose asChild>
            <Button variant="line">Cancel</Button>
          </DialogClose>
          <Button type="submit" form="replace-key" pending={busy && "Replacing"}>
            Replace key
          </Button>
        </>
      }
    >
      <form id="replace-key" onSubmit={submit} className="grid gap-4">
        <Field label="The old key" hint={OVERLAPS.find(({ value }) => value === choice)?.hint}>
          <Select options={OVERLAPS} value={choice} onChange={({ target }) => setChoice(target.value)} />
        </Field>
        <Refusal of={refusal} />
      </form>
    </DialogContent>
  );
}
