"use client";

import { BrandHead } from "@/components/brand/brand-head";
import { Wordmark } from "@/components/brand/mark";
import { readableOn } from "@/lib/branding/rules";
import type { Branding } from "@/lib/branding/schema";
import { isColour } from "./colour-field";

type BrandPreviewProps = {
  name: string;
  accent: string;
  ground: string;
  logo: string | null;
  right: Branding["right"];
};
type Look = { name: string; accent: string | null; ground: string | null; logo: string | null; foot: string | null };

/** What others see, as it is typed. */
export function BrandPreview({ name, accent, ground, logo, right }: BrandPreviewProps) {
  const look = {
    name,
    accent: isColour(accent) ? accent : null,
    ground: isColour(ground) ? ground : null,
    logo,
    foot: right === "white-label" ? null : "with Parley",
  };
  return (
    <section
      aria-label="Preview"
      className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-8 [overflow-wrap:anywhere]"
    >
      <figure className="grid grid-cols-[minmax(0,1fr)] gap-2">
        <figcaption className="text-13 text-ink-faint">At the door of a room</figcaption>
        <Door {...look} />
      </figure>
      <figure className="grid grid-cols-[minmax(0,1fr)] gap-2">
        <figcaption className="text-13 text-ink-faint">In a mail</figcaption>
        <Mail {...look} />
      </figure>
    </section>
  );
}

const Press = ({ accent, children }: { accent: string | null; children: string }) => (
  <span
    className="inline-flex min-h-[38px] w-fit items-center rounded-control bg-ink px-[15px] font-[550] text-paper"
    style={accent ? { background: accent, color: readableOn(accent) } : undefined}
  >
    {children}
  </span>
);

const Door = ({ foot, accent, ...head }: Look) => (
  <div className="stage grid grid-cols-[minmax(0,1fr)] gap-6 rounded-stage bg-paper p-6 text-ink sm:p-8">
    <BrandHead {...head} />
    <p className="display text-25">Monday call</p>
    <div className="flex flex-wrap items-center justify-between gap-4">
      <Press accent={accent}>Join</Press>
      {foot && (
        <span className="flex items-center gap-2 text-13 opacity-80">
          with <Wordmark />
        </span>
      )}
    </div>
  </div>
);

const Mail = ({ foot, accent, name, ...head }: Look) => (
  <div className="grid grid-cols-[minmax(0,1fr)] gap-3 border border-rule bg-paper-sunk p-5">
    <BrandHead name={name} {...head} />
    <div
      className="grid grid-cols-[minmax(0,1fr)] gap-4 border-t-3 border-ink bg-paper-raised p-6"
      style={accent ? { borderColor: accent } : undefined}
    >
      <p className="display text-25">Come to {name}</p>
      <p className="text-ink-soft">Noor invites you to work in this account.</p>
      <Press accent={accent}>Accept the invitation</Press>
    </div>
    <p className="text-13 text-ink-faint">{[name, foot].filter(Boolean).join(", ")}</p>
  </div>
);
