import Link from "next/link";
import { formatAmount, potInWords } from "@/lib/books/rules";
import type { AccountPot, HousePot } from "@/lib/pots";

type Pot = AccountPot | HousePot;

const linked = "decoration-rule-firm hover:decoration-current";

export const transferHref = (id: string) => `/admin/books/transfers/${id}`;

export const TransferLink = ({ id }: { id: string }) => (
  <Link href={transferHref(id)} className={`font-mono text-12 [overflow-wrap:anywhere] ${linked}`}>
    {id}
  </Link>
);

export const AccountLink = ({ id, name }: { id: string; name: string }) => (
  <Link href={`/admin/books/accounts/${id}`} className={linked}>
    {name}
  </Link>
);

export const PotLink = ({ pot, account }: { pot: Pot; account?: string | null }) => (
  <Link href={`/admin/books/pots/${pot}${account ? `/${account}` : ""}`} className={linked}>
    {potInWords(pot)}
  </Link>
);

/** What moved, with its sign: what came in is the book's green. */
export const Moved = ({ pot, amount }: { pot: Pot; amount: number }) => (
  <span className={amount > 0 ? "text-book" : undefined}>
    {amount > 0 && "+"}
    {formatAmount(pot, amount)}
  </span>
);
