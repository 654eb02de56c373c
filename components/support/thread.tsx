import { cx } from "@/components/ui/cx";

export type Said = { id: string; name: string; body: string; when: string; mine: boolean };

/** What the two sides wrote, in the order they wrote it. A bar marks the reader's own. */
export const Thread = ({ messages }: { messages: Said[] }) => (
  <ol className="mt-6 border-t border-ink">
    {messages.map(({ id, name, body, when, mine }) => (
      <li key={id} className="border-b border-rule py-5">
        <div className={cx("border-l-2 pl-4", mine ? "border-rule" : "border-book")}>
          <p className="flex flex-wrap items-baseline gap-x-3 text-13 text-ink-faint">
            <b className="font-semibold text-ink">{name}</b>
            {when}
          </p>
          <p className="mt-1.5 max-w-measure whitespace-pre-wrap text-16 [overflow-wrap:anywhere]">{body}</p>
        </div>
      </li>
    ))}
  </ol>
);
