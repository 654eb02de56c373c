import { Faces } from "@/components/brand/faces";

const SHOWN = 5;

export function WhoInside({ people }: { people: { id: string; name: string }[] }) {
  if (people.length === 0) return null;
  const names = people.slice(0, SHOWN).map(({ name }) => name);
  const others = people.length - names.length;
  return (
    <div className="flex items-center gap-3">
      <Faces people={people.slice(0, SHOWN)} size="middle" />
      <p className="min-w-0 text-ink-soft">
        {listed(names)}
        {others > 0 && ` and ${others} more`} {people.length === 1 ? "is" : "are"} inside
      </p>
    </div>
  );
}

const listed = (names: string[]) => new Intl.ListFormat("en-GB", { type: "conjunction" }).format(names);
