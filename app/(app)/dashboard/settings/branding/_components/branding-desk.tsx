"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import type { Branding } from "@/lib/branding/schema";
import { changeBrandingAction } from "../actions";
import { ColourField } from "./colour-field";
import { LogoForm } from "./logo-form";
import { BrandPreview } from "./preview";

/** How the account looks to others, on the left; what that looks like, on the right. */
export function BrandingDesk({ branding, mayChange }: { branding: Branding; mayChange: boolean }) {
  const [name, setName] = useState(branding.displayName ?? "");
  const [accent, setAccent] = useState(branding.accent ?? "");
  const [ground, setGround] = useState(branding.ground ?? "");

  const submit = async () => {
    const change = { displayName: name || null, accent: accent || null, ground: ground || null };
    const answer = await changeBrandingAction(change);
    if (!answer.ok) return answer.error;
    toast.settled("Saved. People see it from now on.");
  };

  return (
    <div className="mt-8 grid gap-x-14 gap-y-10 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
      <fieldset disabled={!mayChange} className="grid min-w-0 content-start gap-9">
        <legend className="sr-only">Branding</legend>
        <LogoForm logo={branding.logo} mayChange={mayChange} />
        <Form action="Save" pending="Saving" onSubmit={submit}>
          {(wrong) => (
            <>
              <Field label="Name" error={wrong.displayName} hint={`Left empty, it is ${branding.accountName}.`}>
                <Input value={name} onChange={(event) => setName(event.target.value)} maxLength={60} />
              </Field>
              <ColourField
                label="Colour of buttons"
                error={wrong.accent}
                value={accent}
                example="#b4500f"
                onChange={setAccent}
              />
              <ColourField
                label="Colour behind the logo"
                error={wrong.ground}
                value={ground}
                example="#fff1dc"
                onChange={setGround}
              />
            </>
          )}
        </Form>
      </fieldset>
      <BrandPreview
        name={name || branding.accountName}
        accent={accent}
        ground={ground}
        logo={branding.logo}
        right={branding.right}
      />
    </div>
  );
}
