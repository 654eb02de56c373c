import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";

export type Filters = Partial<Record<"kind" | "from" | "to" | "minAmount" | "text", string>>;

const KINDS = [
  { value: "", label: "Everything" },
  { value: "purchase", label: "Purchases" },
  { value: "usage", label: "Used" },
  { value: "gift", label: "Given" },
  { value: "refund", label: "Refunds" },
  { value: "dispute", label: "Disputes" },
  { value: "expiry", label: "Ran out" },
];

/** A plain form: it works before any script has loaded, and its address can be kept. */
export const HistoryFilters = ({ filters }: { filters: Filters }) => (
  <form method="get" className="flex flex-wrap items-end gap-3 max-sm:grid max-sm:w-full max-sm:grid-cols-2">
    <Field label="Kind">
      <Select name="kind" options={KINDS} defaultValue={filters.kind ?? ""} className="sm:w-36" />
    </Field>
    <Field label="From">
      <Input type="date" name="from" defaultValue={filters.from ?? ""} className="sm:w-40" />
    </Field>
    <Field label="To">
      <Input type="date" name="to" defaultValue={filters.to ?? ""} className="sm:w-40" />
    </Field>
    <Field label="At least">
      <Input name="minAmount" inputMode="numeric" defaultValue={filters.minAmount ?? ""} className="sm:w-24" />
    </Field>
    <Field label="Words" className="max-sm:col-span-2">
      <Input type="search" name="text" defaultValue={filters.text ?? ""} className="sm:w-44" />
    </Field>
    <Button type="submit" variant="line" className="max-sm:col-span-2">
      Filter
    </Button>
  </form>
);
