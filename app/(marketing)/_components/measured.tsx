import { Figure } from "@/components/ui/figure";
import { Section } from "./section";

export type Measured = { value: string; unit?: string; what: string; command: string };

/** Numbers that a reader can measure again with the command beside them. */
export function MeasuredNumbers({ numbers }: { numbers: readonly Measured[] }) {
  if (numbers.length === 0) return null;
  return (
    <Section title="Measured, with the command.">
      <dl className="mt-8 grid gap-x-10 gap-y-8 sm:grid-cols-2 lg:grid-cols-4">
        {numbers.map(({ value, unit, what, command }) => (
          <div key={what} className="flex flex-col border-t border-ink pt-4">
            <dt className="order-2 mt-2 text-ink-soft">{what}</dt>
            <dd>
              <Figure value={value} size={39} {...(unit && { unit })} />
            </dd>
            <dd className="order-3 mt-2 font-mono text-12 text-ink-faint [overflow-wrap:anywhere]">$ {command}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
