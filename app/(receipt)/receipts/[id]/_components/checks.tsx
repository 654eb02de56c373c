import { Check, Clock, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Receipt } from "@/lib/receipts/schema";

const looks = {
  holds: { Icon: Check, colour: "text-book" },
  waits: { Icon: Clock, colour: "text-hold" },
  broken: { Icon: TriangleAlert, colour: "text-danger" },
};

/** What was recomputed for this very page. */
export const Checks = ({ sumIsRight, link }: Pick<Receipt, "sumIsRight" | "link">) => (
  <ul className="mt-9 max-w-[520px] border-t border-ink">
    {sumIsRight ? (
      <Line look="holds" title="The sum is right.">
        Added up again just now: both sides come to nothing, and the balance follows from the one before.
      </Line>
    ) : (
      <Line look="broken" title="The sum is wrong.">
        The entries of this receipt do not add up. Tell us, and show us this page.
      </Line>
    )}
    <Unchanged link={link} />
  </ul>
);

function Unchanged({ link }: Pick<Receipt, "link">) {
  if (!link)
    return (
      <Line look="waits" title="It is being sealed.">
        Within a second it gets its place in the chain. Verify again to see it.
      </Line>
    );
  return link.isUnaltered ? (
    <Line look="holds" title="Nothing was changed since.">
      The hash fits the receipt before it and the one after.
    </Line>
  ) : (
    <Line look="broken" title="It was changed since.">
      It says something else than when it was sealed. Tell us, and show us this page.
    </Line>
  );
}

function Line({ look, title, children }: { look: keyof typeof looks; title: string; children: ReactNode }) {
  const { Icon, colour } = looks[look];
  return (
    <li className="flex gap-3.5 border-b border-rule py-3.5">
      <Icon aria-hidden="true" className={`mt-0.5 size-[18px] shrink-0 ${colour}`} strokeWidth={2} />
      <p>
        <b className="font-semibold">{title}</b> <span className="text-ink-soft">{children}</span>
      </p>
    </li>
  );
}
