"use client";

import { Menu } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Sheet, SheetContent, SheetTrigger } from "@/components/ui/sheet";
import { matches, useFilter } from "./filter";
import { useCurrentEntry } from "./use-current-entry";

export type ContentsItem = { anchor: string; title: string; words: string; method?: string };
export type ContentsGroup = { title: string; items: ContentsItem[] };

/** Where everything is: beside the text, and on a phone in a panel. */
export function Contents({ groups }: { groups: ContentsGroup[] }) {
  const current = useCurrentEntry();
  const [isOpen, setOpen] = useState(false);
  const beside = useRef<HTMLDivElement>(null);
  const here = groups.flatMap(({ items }) => items).find(({ anchor }) => anchor === current);

  useEffect(() => {
    if (current) bringIntoView(beside.current);
  }, [current]);

  return (
    <>
      <div className="sticky top-0 z-10 -mx-(--gutter) flex h-(--bar) items-center gap-3 border-b border-rule bg-paper px-(--gutter) lg:hidden">
        <Sheet open={isOpen} onOpenChange={setOpen}>
          <SheetTrigger asChild>
            <Button variant="line" size="small">
              <Menu aria-hidden="true" strokeWidth={1.6} />
              Contents
            </Button>
          </SheetTrigger>
          <SheetContent title="Contents" side="left">
            <Index groups={groups} current={current} onFollow={() => setOpen(false)} />
          </SheetContent>
        </Sheet>
        <p className="min-w-0 flex-1 truncate text-13 text-ink-faint">{here?.title}</p>
      </div>
      <div ref={beside} className="sticky top-0 max-h-dvh -ml-1 overflow-y-auto py-6 pr-4 pl-1 max-lg:hidden">
        <Index groups={groups} current={current} />
      </div>
    </>
  );
}

/** Moves the list and leaves the page where it is, which `scrollIntoView` would not. */
function bringIntoView(list: HTMLElement | null): void {
  const line = list?.querySelector<HTMLElement>("[aria-current]");
  if (!list || !line) return;
  const top = line.getBoundingClientRect().top - list.getBoundingClientRect().top;
  if (top < 0 || top > list.clientHeight - line.clientHeight) list.scrollTop += top - list.clientHeight / 3;
}

type IndexProps = { groups: ContentsGroup[]; current: string | undefined; onFollow?: () => void };

function Index({ groups, current, onFollow }: IndexProps) {
  const { query } = useFilter();
  const found = groups
    .map(({ title, items }) => ({ title, items: items.filter(({ words }) => matches(words, query)) }))
    .filter(({ items }) => items.length > 0);
  const count = found.reduce((sum, { items }) => sum + items.length, 0);

  return (
    <>
      <FilterField />
      <p role="status" className="mt-1.5 min-h-5 text-13 text-ink-faint">
        {query.trim() !== "" && (count === 0 ? "Nothing has these words." : `${count} found`)}
      </p>
      <nav aria-label="Contents" className="mt-2 grid gap-5">
        {found.map(({ title, items }) => (
          <div key={title}>
            <p className="text-12 font-medium text-ink-faint">{title}</p>
            <ul className="mt-1">
              {items.map((item) => (
                <IndexLine key={item.anchor} {...item} isCurrent={item.anchor === current} onFollow={onFollow} />
              ))}
            </ul>
          </div>
        ))}
      </nav>
    </>
  );
}

type IndexLineProps = ContentsItem & { isCurrent: boolean; onFollow: (() => void) | undefined };

const IndexLine = ({ anchor, title, method, isCurrent, onFollow }: IndexLineProps) => (
  <li>
    <a
      href={`#${anchor}`}
      onClick={onFollow}
      aria-current={isCurrent ? "location" : undefined}
      className="flex items-baseline gap-2 border-l-2 border-transparent py-1 pl-2.5 text-13 text-ink-soft no-underline hover:text-ink focus-visible:-outline-offset-2 aria-[current]:border-ink aria-[current]:text-ink touch:min-h-11 touch:items-center"
    >
      <span className="min-w-0 flex-1">{title}</span>
      {method && <span className="font-mono text-12 text-ink-faint">{method}</span>}
    </a>
  </li>
);

function FilterField() {
  const { query, setQuery } = useFilter();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);

  // What was typed before this script had loaded counts too.
  useEffect(() => {
    if (field.current?.value) setQuery(field.current.value);
  }, [setQuery]);

  /** The panel closes on Escape as well, so a field with words in it keeps the key to itself. */
  const clearOnEscape = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || query === "") return;
    event.stopPropagation();
    setQuery("");
  };

  return (
    <>
      <label htmlFor={id} className="sr-only">
        Filter by word, address or field
      </label>
      <Input
        ref={field}
        id={id}
        type="search"
        placeholder="Word, address or field"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={clearOnEscape}
      />
    </>
  );
}
