import type { Filters } from "@/components/credits/history-filters";
import { findPackage } from "@/lib/credits/rules";
import { ListTransactions } from "@/lib/credits/schema";
import { type Id, isId } from "@/lib/ids";
import type { PackageNumber } from "@/lib/plans/catalogue";

export type SearchParams = Record<string, string | string[] | undefined>;

export type History = {
  asked: ListTransactions;
  filters: Filters;
  /** The filters alone, as a query. */
  query: string;
  /** The payment that a bank's own page has just sent somebody back from. */
  paid: Id<"payment"> | undefined;
  /** The package that the address asks to be picked up. */
  buys: PackageNumber | undefined;
};

const NAMES = ["kind", "from", "to", "minAmount", "text"] as const;
const PAGE = 25;

/** What the address asks for. A filter that makes no sense is left out, and an empty one is none. */
export function readHistory(params: SearchParams): History {
  const filters = Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = one(params[name])?.trim();
      return value && ListTransactions.safeParse({ [name]: value }).success ? [[name, value]] : [];
    }),
  ) as Filters; // NAMES are its keys
  const asked = ListTransactions.safeParse({ ...filters, limit: PAGE, cursor: one(params.cursor) });
  const paid = one(params.paid);
  return {
    asked: asked.success ? asked.data : ListTransactions.parse({ ...filters, limit: PAGE }),
    filters,
    query: new URLSearchParams(filters as Record<string, string>).toString(), // those that are missing are not there
    paid: isId("payment", paid) ? paid : undefined,
    buys: findPackage(Number(one(params.buy)))?.id,
  };
}

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);
