import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { PAYMENT_OPTIONS } from "./state-tags";

export type PaymentFilters = Partial<Record<"status" | "account" | "text", string>>;

/** A plain form, so that what was looked for is in the address. */
export const PaymentFilterForm = ({ filters }: { filters: PaymentFilters }) => (
  <form method="get" className="mt-5 flex flex-wrap items-end gap-3 max-sm:grid max-sm:grid-cols-2">
    <Field label="State">
      <Select name="status" options={PAYMENT_OPTIONS} defaultValue={filters.status ?? ""} className="sm:w-44" />
    </Field>
    <Field label="Account">
      <Input name="account" defaultValue={filters.account ?? ""} autoComplete="off" className="sm:w-56" />
    </Field>
    <Field label="Words" className="max-sm:col-span-2">
      <Input type="search" name="text" defaultValue={filters.text ?? ""} className="sm:w-56" />
    </Field>
    <Button type="submit" variant="line" className="max-sm:col-span-2">
      Filter
    </Button>
  </form>
);
