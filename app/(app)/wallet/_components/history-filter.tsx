import NextForm from "next/form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Asked } from "./asked";

/** Dates and words, as an address that can be kept. */
export const HistoryFilter = ({ asked, wrong }: { asked: Asked; wrong: string | undefined }) => (
  <NextForm
    key={JSON.stringify(asked)}
    action="/wallet"
    scroll={false}
    className="grid grid-cols-2 items-end gap-3 py-4 sm:grid-cols-[minmax(0,1fr)_160px_160px_auto]"
  >
    {asked.kind && <input type="hidden" name="kind" value={asked.kind} />}
    <Field label="Words or an id" className="max-sm:col-span-2">
      <Input name="text" type="search" defaultValue={asked.text} maxLength={80} autoComplete="off" />
    </Field>
    <Field label="From">
      <Input name="from" type="date" defaultValue={asked.from} />
    </Field>
    <Field label="To">
      <Input name="to" type="date" defaultValue={asked.to} />
    </Field>
    <Button type="submit" variant="line" className="max-sm:col-span-2">
      Find
    </Button>
    <p role="alert" className="col-span-full text-13 text-danger empty:hidden">
      {wrong && `${wrong} Everything is shown.`}
    </p>
  </NextForm>
);
