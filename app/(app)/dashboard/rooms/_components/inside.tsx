import { Faces } from "@/components/brand/faces";

const SHOWN = 4;

/** Who is inside, as faces in the order in which they came. */
export function Inside({ people }: { people: { id: string; name: string }[] }) {
  if (people.length === 0) return <span className="text-ink-faint">Nobody</span>;
  const names = people.slice(0, SHOWN).map(({ name }) => name);
  const others = people.length - names.length;
  return (
    <span className="flex items-baseline gap-3">
      <Faces people={people.slice(0, SHOWN)} className="self-center" />
      <span className="min-w-0 max-sm:sr-only">
        {names.join(", ")}
        {others > 0 && ` and ${others} more`}
      </span>
    </span>
  );
}
