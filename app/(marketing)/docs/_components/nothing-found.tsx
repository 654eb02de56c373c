"use client";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { matches, useFilter } from "./filter";

/** Stands in the empty place when no entry has the words that were typed. */
export function NothingFound({ words }: { words: string[] }) {
  const { query, setQuery } = useFilter();
  if (words.some((one) => matches(one, query))) return null;
  return (
    <EmptyState
      title="Nothing here has these words."
      action={
        <Button variant="line" onClick={() => setQuery("")}>
          Show everything
        </Button>
      }
    >
      Try a part of an address, such as “keys”, or the name of a field.
    </EmptyState>
  );
}
