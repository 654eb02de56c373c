import { Copyable } from "@/components/ui/copyable";

const commands = [
  {
    text: "npm start",
    says: "Starts a database of its own and a demo company with two logins, all on your machine. Then it prints the address.",
  },
  { text: "npm test", says: "Checks types and structure, races on a real database, and journeys in a real browser." },
];

export function Commands() {
  return (
    <section className="page-wrap grid gap-6 pt-18 sm:pt-28 lg:grid-cols-[5fr_7fr] lg:gap-12">
      <h2 className="max-w-[9em] text-31 tracking-[-0.024em] sm:text-39">Two commands, no accounts anywhere.</h2>
      <ol className="grid gap-6 sm:grid-cols-2 sm:gap-10">
        {commands.map(({ text, says }) => (
          <li key={text} className="border-t border-ink pt-4">
            <Copyable text={text} what={text} prompt="$" className="text-20" />
            <p className="mt-2 max-w-[34ch] text-ink-soft">{says}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
