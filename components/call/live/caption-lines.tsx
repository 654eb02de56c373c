"use client";

import type { Caption } from "./use-captions";

/** What was just said, large and on a ground of its own. A screen reader hears the voices themselves. */
export const CaptionLines = ({ captions }: { captions: Caption[] }) => (
  <div aria-hidden="true" className="pointer-events-none grid justify-items-center gap-1.5 px-4">
    {captions.map(({ id, name, text }) => (
      <p
        key={id}
        className="max-w-[46ch] rounded-control bg-[oklch(.12_.01_165/.86)] px-3 py-1.5 text-20 max-sm:text-16"
      >
        <b className="mr-2 font-semibold text-voice-deep">{name}</b>
        {text}
      </p>
    ))}
  </div>
);
