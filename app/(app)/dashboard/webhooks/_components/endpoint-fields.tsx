"use client";

import { useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Choice } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { EVENTS, LISTENED_TYPES } from "@/lib/events/catalogue";
import type { ActionError, ActionResult } from "@/lib/http/action";

type EndpointFieldsProps = {
  error: ActionError | undefined;
  initial: { url: string; description: string; events: string[] };
};

export function EndpointFields({ error, initial }: EndpointFieldsProps) {
  return (
    <>
      <Field
        label="Address"
        hint="https, on the public internet. It answers 2xx within 15 seconds."
        error={sentenceFor(error, "url")}
        required
      >
        <Input
          name="url"
          type="url"
          inputMode="url"
          placeholder="https://hooks.example.com/parley"
          defaultValue={initial.url}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      </Field>
      <Field label="Name" hint="What you call it, such as “Bookkeeping”." error={sentenceFor(error, "description")}>
        <Input name="description" defaultValue={initial.description} maxLength={120} autoComplete="off" />
      </Field>
      <Listened chosen={initial.events} error={sentenceFor(error, "events")} />
    </>
  );
}

const SCOPES = [
  { value: "all", label: "Every event" },
  { value: "some", label: "Some" },
];

function Listened({ chosen, error }: { chosen: string[]; error: string | undefined }) {
  const [scope, setScope] = useState(chosen.length === 0 ? "all" : "some");
  return (
    <div className="grid justify-items-start gap-3">
      <p className="text-13 font-[550]">What it hears of</p>
      <input type="hidden" name="scope" value={scope} />
      <Choice label="What it hears of" options={SCOPES} value={scope} onChange={setScope} />
      {scope === "some" ? (
        <fieldset className="grid gap-2.5 touch:gap-0">
          <legend className="sr-only">Events</legend>
          {LISTENED_TYPES.map((type) => (
            <Checkbox
              key={type}
              name="events"
              value={type}
              defaultChecked={chosen.includes(type)}
              label={<span className="font-mono text-13">{type}</span>}
              hint={EVENTS[type].says}
            />
          ))}
        </fieldset>
      ) : (
        <p className="text-13 text-ink-faint">Also of those that are added later.</p>
      )}
      <p role="alert" className="text-13 text-danger empty:hidden">
        {error}
      </p>
    </div>
  );
}

type EndpointInput = { url: string; description: string; events: typeof LISTENED_TYPES };

/** Gives what the fields hold to an action. Some events and none of them is refused here: to the action none means every one. */
export async function withInput<T>(
  form: FormData,
  act: (input: EndpointInput) => Promise<ActionResult<T>>,
): Promise<ActionResult<T>> {
  const ticked = form.getAll("events");
  const events = LISTENED_TYPES.filter((type) => ticked.includes(type));
  if (form.get("scope") === "some" && events.length === 0) {
    const message = "Choose at least one event, or every one.";
    return { ok: false, error: { code: "invalid", message, fields: { events: message } } };
  }
  return act({ url: String(form.get("url") ?? ""), description: String(form.get("description") ?? ""), events });
}

/** The sentence for a field or for the first wrong entry of its list, wherever the action's input holds it. */
export function sentenceFor(error: ActionError | undefined, field: string): string | undefined {
  const entries = Object.entries(error?.fields ?? {}).map(([name, words]) => [name.replace(/^changes\./, ""), words]);
  return entries.find(([name]) => name === field || name?.startsWith(`${field}.`))?.[1];
}
