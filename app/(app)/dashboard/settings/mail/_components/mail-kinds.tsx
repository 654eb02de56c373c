"use client";

import { useOptimistic, useTransition } from "react";
import { Switch } from "@/components/ui/checkbox";
import { toast } from "@/components/ui/toast";
import { OPTIONAL_KINDS } from "@/lib/notifications/rules";
import type { Preferences } from "@/lib/notifications/schema";
import { changePreferenceAction } from "../actions";

type Kind = Preferences["kinds"][number];

export const MailKinds = ({ kinds }: { kinds: Kind[] }) => (
  <ul className="mt-6 border-t border-ink">
    {kinds.map((kind) => (
      <li key={kind.kind} className="border-b border-rule py-4">
        {kind.required ? <AlwaysComes kind={kind} /> : <MayBeOff kind={kind} />}
      </li>
    ))}
  </ul>
);

const AlwaysComes = ({ kind: { label, words } }: { kind: Kind }) => (
  <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
    <p className="min-w-0">
      <b className="font-semibold">{label}</b>
      <span className="block text-13 text-ink-faint">{words}</span>
    </p>
    <span className="text-13 text-ink-faint">Always comes</span>
  </div>
);

function MayBeOff({ kind: { kind, label, words, wanted } }: { kind: Kind }) {
  const [shown, show] = useOptimistic(wanted);
  const [, start] = useTransition();
  const optional = OPTIONAL_KINDS.find((name) => name === kind);

  const change = (next: boolean) =>
    start(async () => {
      if (!optional) return;
      show(next);
      const answer = await changePreferenceAction({ kind: optional, wanted: next });
      if (!answer.ok) return toast.loss("Not saved", { body: answer.error.message });
      toast.settled(next ? `${label}: mailed to you again` : `${label}: no more mail`);
    });

  return (
    <Switch
      checked={shown}
      onChange={({ target }) => change(target.checked)}
      label={<b className="font-semibold">{label}</b>}
      hint={words}
    />
  );
}
