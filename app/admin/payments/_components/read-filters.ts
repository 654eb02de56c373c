import { ListAllPayments } from "@/lib/payments/staff-schema";
import type { PaymentFilters } from "./payment-filters";

type Params = Record<string, string | string[] | undefined>;

const NAMES = ["status", "account", "text"] as const;
const PAGE = 50;

/** What the address asks for. A filter that makes no sense is left out, and an empty one is none. */
export function readFilters(params: Params): { asked: ListAllPayments; filters: PaymentFilters; query: string } {
  const filters: PaymentFilters = Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = one(params[name])?.trim();
      return value && ListAllPayments.safeParse({ [name]: value }).success ? [[name, value]] : [];
    }),
  );
  const asked = ListAllPayments.safeParse({ ...filters, limit: PAGE, cursor: one(params.cursor) });
  return {
    asked: asked.success ? asked.data : ListAllPayments.parse({ ...filters, limit: PAGE }),
    filters,
    query: new URLSearchParams(filters).toString(),
  };
}

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);
