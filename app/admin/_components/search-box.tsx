"use client";

import { Search } from "lucide-react";
import { controlClass } from "@/components/ui/control-style";

/** A plain form, so that what was looked for is in the address and can be sent to a colleague. */
export const SearchBox = () => (
  <form action="/admin/books/search" className="relative order-4 w-full sm:order-none sm:w-[320px]">
    <label htmlFor="books-search" className="sr-only">
      Cause, request, account or transfer
    </label>
    <Search
      aria-hidden="true"
      strokeWidth={1.6}
      className="pointer-events-none absolute inset-y-0 left-3 my-auto size-4 text-ink-faint"
    />
    <input
      id="books-search"
      name="q"
      type="search"
      placeholder="Cause, request, account or transfer"
      autoComplete="off"
      spellCheck={false}
      className={controlClass("pl-9 text-13")}
    />
  </form>
);
