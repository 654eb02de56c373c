"use client";

import { useCallState } from "../context";
import { KnockAnswers } from "../knock-answers";

/** Who stands at the door. */
export function Knocks() {
  const { knocks } = useCallState();
  if (knocks.length === 0) return null;
  return (
    <section aria-label="At the door" className="mb-5 border-b border-rule pb-4">
      <h2 className="font-sans text-13 font-semibold tracking-normal">At the door</h2>
      <ul className="mt-2 grid gap-2">
        {knocks.map(({ knockId, name }) => (
          <li key={knockId} className="flex flex-wrap items-center gap-2">
            <span className="min-w-0 flex-1 basis-24 truncate font-medium">{name}</span>
            <KnockAnswers knockId={knockId} name={name} />
          </li>
        ))}
      </ul>
    </section>
  );
}
