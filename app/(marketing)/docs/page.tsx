import type { Metadata } from "next";
import Link from "next/link";
import { Copyable } from "@/components/ui/copyable";
import { apiDocument, OPENAPI_ADDRESS } from "@/lib/http/openapi";
import { Anchored } from "./_components/anchored";
import { Contents, type ContentsGroup } from "./_components/contents";
import { Endpoint } from "./_components/endpoint";
import { type Chapter, chaptersOf } from "./_components/entries";
import { Filterable, FilterScope } from "./_components/filter";
import { GUIDES } from "./_components/guide";
import { CallGuide } from "./_components/guide-call";
import { ErrorsGuide } from "./_components/guide-errors";
import { IdempotencyGuide, LimitsGuide, PagingGuide, RequestIdGuide } from "./_components/guide-habits";
import { KeysGuide } from "./_components/guide-keys";
import { StartGuide } from "./_components/guide-start";
import { WebhooksGuide } from "./_components/guide-webhooks";
import { NothingFound } from "./_components/nothing-found";
import { quickStart } from "./_components/quick-start";

export const metadata: Metadata = {
  title: "API documentation",
  description: "Every call of the Parley API, with examples to copy for the shell and for TypeScript.",
};

export default async function DocsPage() {
  const lines = await quickStart();
  const document = apiDocument();
  const chapters = chaptersOf(document);
  const groups = contentsOf(chapters);
  const publicUrl = document.servers[0]?.url ?? "";
  const samplesOf = (anchor: string) =>
    chapters.flatMap(({ entries }) => entries).find((entry) => entry.anchor === anchor)?.operation["x-codeSamples"] ??
    [];

  return (
    <FilterScope>
      <div className="page-wrap pt-6 pb-10 sm:pt-10">
        <h1 className="max-w-[15em] text-[clamp(2.6rem,5vw,3.8125rem)] leading-[1.04] font-normal tracking-[-0.03em]">
          Every call, ready to copy.
        </h1>
        <p className="mt-5 max-w-measure text-16 text-ink-soft">
          JSON over HTTP. This page is made from the routes that answer, and so is the{" "}
          <a href={OPENAPI_ADDRESS}>OpenAPI 3.1 document</a>.
        </p>
        <p className="mt-2 max-w-measure text-16 text-ink-soft">
          Video and voice begin with the SDK: <Link href="/docs/try">run its quick start</Link>, look into it, and break
          it.
        </p>
        <Copyable text={publicUrl} what="the base address" className="mt-3 max-w-max" />
      </div>
      <div className="page-wrap grid gap-x-14 max-lg:[--bar:3.5rem] lg:grid-cols-[230px_minmax(0,1fr)]">
        <Contents groups={groups} />
        <div className="min-w-0 max-lg:pt-8">
          <StartGuide register={samplesOf("post-auth-register")} whichKey={samplesOf("get-keys-current")} />
          <CallGuide lines={lines} />
          <KeysGuide />
          <ErrorsGuide />
          <IdempotencyGuide publicUrl={publicUrl} />
          <LimitsGuide />
          <PagingGuide publicUrl={publicUrl} />
          <RequestIdGuide />
          <WebhooksGuide />
          {chapters.map((chapter) => (
            <Filterable key={chapter.anchor} words={chapter.entries.map(({ words }) => words).join(" ")}>
              <section id={chapter.anchor} className="scroll-mt-16 lg:scroll-mt-6">
                <div className="border-t border-ink pt-5 pb-8">
                  <Anchored as="h2" id={chapter.anchor} className="text-25 sm:text-31">
                    {chapter.title}
                  </Anchored>
                  <p className="mt-2 max-w-measure text-16 text-ink-soft">{chapter.says}</p>
                </div>
                {chapter.entries.map((entry) => (
                  <Endpoint key={entry.anchor} entry={entry} document={document} />
                ))}
              </section>
            </Filterable>
          ))}
          <NothingFound words={groups.flatMap(({ items }) => items.map(({ words }) => words))} />
        </div>
      </div>
    </FilterScope>
  );
}

function contentsOf(chapters: Chapter[]): ContentsGroup[] {
  return [
    {
      title: "Guides",
      items: GUIDES.map(({ anchor, title, words }) => ({ anchor, title, words: `${title.toLowerCase()} ${words}` })),
    },
    ...chapters.map(({ title, entries }) => ({
      title,
      items: entries.map(({ anchor, method, operation, words }) => ({
        anchor,
        title: operation.summary,
        method,
        words,
      })),
    })),
  ];
}
