"use client";

import { createContext, type ReactNode, useContext, useMemo, useState } from "react";

type Filter = { query: string; setQuery: (query: string) => void };

const FilterContext = createContext<Filter>({ query: "", setQuery: () => undefined });

export const useFilter = () => useContext(FilterContext);

/** Everything inside follows what the reader types. */
export function FilterScope({ children }: { children: ReactNode }) {
  const [query, setQuery] = useState("");
  const filter = useMemo(() => ({ query, setQuery }), [query]);
  return <FilterContext value={filter}>{children}</FilterContext>;
}

/** Shown while each word that was typed occurs somewhere in `words`. */
export function Filterable({ words, children }: { words: string; children: ReactNode }) {
  const { query } = useFilter();
  return <div hidden={!matches(words, query)}>{children}</div>;
}

export const matches = (words: string, query: string): boolean =>
  query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word));
