"use client";

import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import type { BillTo } from "@/lib/bill-to/schema";
import { changeBillToAction } from "../actions";

export function BillToForm({ payer }: { payer: BillTo }) {
  const submit = async (form: FormData) => {
    const text = (name: string) => String(form.get(name) ?? "").trim();
    const orNull = (name: string) => text(name) || null;
    const hasAddress = ["line1", "line2", "postalCode", "city", "state", "country"].some((name) => text(name));
    const address = {
      line1: text("line1"),
      line2: orNull("line2"),
      postalCode: orNull("postalCode"),
      city: text("city"),
      state: orNull("state"),
      country: text("country"),
    };
    const asked = { name: text("name"), email: text("email"), taxId: orNull("taxId") };
    const answer = await changeBillToAction({ ...asked, address: hasAddress ? address : null });
    if (!answer.ok) return answer.error;
    toast.settled("Saved. The next invoice carries it.");
  };

  const { name, email, address, taxId } = payer;
  return (
    <Form action="Save" pending="Saving" look={{ variant: "line" }} onSubmit={submit}>
      {(wrong) => {
        const field = (key: string, label: string, value: string | null | undefined, autoComplete: string) => (
          <Field label={label} error={wrong[key] ?? wrong[`address.${key}`]}>
            <Input name={key} defaultValue={value ?? ""} autoComplete={autoComplete} maxLength={200} />
          </Field>
        );
        return (
          <>
            {field("name", "Name on the invoice", name, "organization")}
            {field("email", "E-mail address", email, "email")}
            {field("line1", "Street and number", address?.line1, "address-line1")}
            {field("line2", "More of the address", address?.line2, "address-line2")}
            <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-4">
              {field("postalCode", "Postal code", address?.postalCode, "postal-code")}
              {field("city", "City", address?.city, "address-level2")}
            </div>
            <div className="grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)] gap-4">
              {field("state", "State or region", address?.state, "address-level1")}
              {field("country", "Country", address?.country, "country")}
            </div>
            {field("taxId", "Tax id", taxId, "off")}
          </>
        );
      }}
    </Form>
  );
}
