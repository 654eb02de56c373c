"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import type { ActionError } from "@/lib/http/action";
import { KEY_SCOPES, type KeyScope, SCOPE_MEANING } from "@/lib/scopes";
import { sentenceFor } from "./key-input";

type KeyFieldsProps = {
  error: ActionError | undefined;
  /** The first day that may be chosen as the last one. */
  today: string;
  initial: { name: string; scopes: readonly KeyScope[]; allowedOrigins: string[]; lastDay: string };
  /** A publishable key has no choice of scopes. */
  publishable: boolean;
};

export function KeyFields({ error, today, initial, publishable }: KeyFieldsProps) {
  return (
    <>
      <Field
        label="Name"
        hint="What it is for, such as “Website” or “Nightly report”."
        error={sentenceFor(error, "name")}
        required
      >
        <Input name="name" defaultValue={initial.name} maxLength={60} autoComplete="off" />
      </Field>
      {publishable ? (
        <p className="text-ink-soft">
          A publishable key can join rooms and do nothing else, so it may stand in a page.
        </p>
      ) : (
        <ScopeFields chosen={initial.scopes} error={sentenceFor(error, "scopes")} />
      )}
      <Field
        label="Allowed origins"
        hint="Pages that may use it, one a line, such as https://app.example.com. Your servers need no line here."
        error={sentenceFor(error, "allowedOrigins")}
      >
        <Textarea
          name="allowedOrigins"
          rows={2}
          defaultValue={initial.allowedOrigins.join("\n")}
          spellCheck={false}
          autoCapitalize="off"
        />
      </Field>
      <Field
        label="Last day"
        hint="It ends at midnight UTC. Leave this empty and it does not expire."
        error={sentenceFor(error, "expiresAt")}
      >
        <Input type="date" name="lastDay" min={today} defaultValue={initial.lastDay} className="max-w-[220px]" />
      </Field>
    </>
  );
}

function ScopeFields({ chosen, error }: { chosen: readonly KeyScope[]; error: string | undefined }) {
  return (
    <fieldset aria-describedby="scopes-error">
      <legend className="text-13 font-[550]">What it may do</legend>
      <div className="mt-2 grid gap-x-6 gap-y-2 sm:grid-cols-2 touch:gap-y-0">
        {KEY_SCOPES.map((scope) => (
          <Checkbox
            key={scope}
            name="scopes"
            value={scope}
            label={SCOPE_MEANING[scope]}
            defaultChecked={chosen.includes(scope)}
          />
        ))}
      </div>
      <p id="scopes-error" role="alert" className="mt-1.5 text-13 text-danger empty:hidden">
        {error}
      </p>
    </fieldset>
  );
}
