import type { Space } from "../store/space";

type Sums = { currency: string; available: number; pending: number };

/** The balance is the sum of its entries, by whether each has become available. */
export async function balanceOf(space: Space): Promise<Sums[]> {
  // Writes what this request added, so that the sum sees it.
  await space.select("balance_transaction", { limit: 1 });
  const rows = await space.sql<{ currency: string; available: string; pending: string }[]>`
    select body ->> 'currency' as currency,
      coalesce(sum((body ->> 'net')::bigint) filter (where (body ->> 'available_on')::bigint <= ${space.now}), 0) as available,
      coalesce(sum((body ->> 'net')::bigint) filter (where (body ->> 'available_on')::bigint > ${space.now}), 0) as pending
    from stripe_local.objects where account = ${space.account} and kind = 'balance_transaction' group by 1 order by 1`;
  return rows.map(({ currency, available, pending }) => ({
    currency,
    available: Number(available),
    pending: Number(pending),
  }));
}

export async function availableBalance(space: Space, currency: string): Promise<number> {
  return (await balanceOf(space)).find((sum) => sum.currency === currency)?.available ?? 0;
}
