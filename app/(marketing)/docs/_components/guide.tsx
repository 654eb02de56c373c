import type { ReactNode } from "react";
import { EVENT_TYPES } from "@/lib/events/catalogue";
import { Anchored } from "./anchored";
import { Filterable } from "./filter";

/** The hand-written part, in the order in which it is read. */
export const GUIDES = [
  { anchor: "start", title: "Quick start", words: "quick start register first call curl key" },
  {
    anchor: "call",
    title: "A call in ten lines",
    words: "call sdk video voice rooms webrtc javascript browser quick start try run inspector break",
  },
  {
    anchor: "keys",
    title: "Keys and sign-in",
    words: "authentication keys sign-in bearer token cookie header x-api-key api_key origin cors browser scope",
  },
  { anchor: "errors", title: "Errors", words: "errors refusal code status fields message" },
  { anchor: "idempotency", title: "Repeating a call safely", words: "idempotency-key retry repeat twice" },
  { anchor: "limits", title: "Limits", words: "rate limits ratelimit retry-after size body" },
  { anchor: "paging", title: "Paging", words: "paging limit cursor nextcursor list" },
  { anchor: "request-ids", title: "Request ids", words: "request id x-request-id support" },
  {
    anchor: "webhooks",
    title: "Webhooks and events",
    words: `webhooks events endpoint signature verify secret retry replay ${EVENT_TYPES.join(" ")}`,
  },
] as const;

type GuideProps = { anchor: (typeof GUIDES)[number]["anchor"]; children: ReactNode };

export function Guide({ anchor, children }: GuideProps) {
  const { title = "", words = "" } = GUIDES.find((guide) => guide.anchor === anchor) ?? {};
  return (
    <Filterable words={words}>
      <section id={anchor} data-entry className="scroll-mt-16 border-t border-ink pt-5 pb-16 lg:scroll-mt-6">
        <Anchored as="h2" id={anchor} className="text-25 sm:text-31">
          {title}
        </Anchored>
        {children}
      </section>
    </Filterable>
  );
}
