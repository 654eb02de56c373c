import { Notice } from "@/components/ui/notice";
import { Stat } from "@/components/ui/stat";
import { Tag } from "@/components/ui/tag";
import { formatInstant } from "@/lib/time";
import type { Wallet } from "@/lib/wallet/schema";
import { inDollars, runwayInWords } from "./wallet-words";

/** The one number that matters here, what is set aside of it and why, and whatever keeps it from being spent. */
export function Balance({ wallet }: { wallet: Wallet }) {
  return (
    <section aria-label="Balance" className="mt-7 grid gap-6 sm:mt-10 lg:grid-cols-2 lg:items-end lg:gap-12">
      <div className="min-w-0">
        <Stat size={76} label="Available now" value={inDollars(wallet.money)} note={runwayInWords(wallet)} />
        <Held wallet={wallet} />
      </div>
      <div className="grid min-w-0 gap-0 [&>*+*]:border-t-0">
        <Standing wallet={wallet} />
      </div>
    </section>
  );
}

function Held({ wallet: { held, holds } }: { wallet: Wallet }) {
  if (held.micros === 0) return null;
  return (
    <ul className="mt-3.5 grid gap-1.5">
      {holds.map(({ id, purpose, money, expiresAt }) => (
        <li key={id} className="flex flex-wrap items-baseline gap-x-2.5">
          <Tag tone="held">{inDollars(money)} held</Tag>
          <span className="text-13 text-ink-faint">
            for a {purpose}, until it ends; at the latest {formatInstant(expiresAt)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Standing({ wallet: { frozen, owed, coolOffUntil } }: { wallet: Wallet }) {
  return (
    <>
      {frozen && (
        <Notice tone="loss" title="Your wallet is frozen.">
          {owed.micros > 0
            ? "Nothing can be spent until what is owed is paid. What is in it stays yours."
            : "A bank disputes a payment of this account. Nothing can be spent until that is over; what is in it stays yours."}
        </Notice>
      )}
      {owed.micros > 0 && (
        <Notice tone="hold" title={`You owe ${inDollars(owed)}.`}>
          It was spent before a bank took the payment back. The next top-up pays it first.
        </Notice>
      )}
      {coolOffUntil && (
        <Notice tone="hold" title={`You rest until ${formatInstant(coolOffUntil)}.`}>
          Nothing is spent before that, and the wallet does not fill by itself.
        </Notice>
      )}
    </>
  );
}
