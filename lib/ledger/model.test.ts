import { sql } from "drizzle-orm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { accounts } from "@/lib/db/schema";
import { type Id, newId } from "@/lib/ids";
import type { Model, Real } from "@/lib/testing/books-command";
import { bookCommands } from "@/lib/testing/books-commands";
import { BooksModel } from "@/lib/testing/books-model";
import { systemCtx } from "@/lib/testing/money";

const RUNS = process.env.PARLEY_TEST === "full" ? 1_000 : 40;
const STEPS = 60;
const MOST_MS = process.env.PARLEY_TEST === "full" ? 3_600_000 : 120_000;

test(`in ${RUNS} runs of up to ${STEPS} steps of ${bookCommands.length} kinds, the database holds what a model on paper holds`, {
  timeout: MOST_MS,
}, async () => {
  let steps = 0;
  const startedAt = performance.now();
  await fc.assert(
    fc.asyncProperty(fc.commands(bookCommands, { maxCommands: STEPS, size: "max" }), (commands) =>
      fc.asyncModelRun(async () => {
        const model = { books: new BooksModel(new Date("2026-01-05T12:00:00.000Z")), spent: [] };
        return { model, real: await openBooks(model, () => (steps += 1)) };
      }, commands),
    ),
    { numRuns: RUNS },
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  process.stdout.write(`    the model: ${RUNS} runs, ${steps} steps, ${seconds.toFixed(1)} s\n`);
  expect(steps).toBeGreaterThan(RUNS);
});

async function openBooks({ books }: Model, count: () => void): Promise<Real> {
  const [client, provider] = [newId("account"), newId("account")];
  await db()
    .insert(accounts)
    .values([client, provider].map((id) => ({ id, name: id, kind: "personal" as const })));
  const lots: Id<"lot">[] = [];
  const ctx = () => systemCtx(books.now);
  const real: Real = {
    accounts: { client, provider },
    ctx,
    lots,
    holds: [],
    learn: async () => void lots.splice(0, lots.length, ...(await read(real)).lots.map(({ id }) => id)),
    agree: async () => {
      count();
      expect(shown(await read(real))).toEqual(wanted(books));
    },
  };
  return real;
}

type Kept = {
  pots: { side: "client" | "provider"; kind: string; balance: number }[];
  lots: {
    id: Id<"lot">;
    pot: string;
    kind: string;
    amount: number;
    remaining: number;
    gone: number;
    price: number;
    ends: number | null;
  }[];
  holds: { amount: number; settled: number; state: string }[];
  house: Record<string, number>;
};

async function read({ accounts: { client, provider } }: Real): Promise<Kept> {
  const [row] = await db().execute<{ kept: Kept }>(sql`select jsonb_build_object(
    'pots', (select coalesce(jsonb_agg(jsonb_build_object('side', case account_id when ${client} then 'client' else 'provider' end, 'kind', kind, 'balance', balance)), '[]')
      from pots where account_id in (${client}, ${provider})),
    'lots', (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'pot', pot, 'kind', kind, 'amount', amount, 'remaining', remaining, 'gone', gone,
      'price', price, 'ends', extract(epoch from expires_at) * 1000) order by id), '[]') from lots where account_id = ${client}),
    'holds', (select coalesce(jsonb_agg(jsonb_build_object('amount', amount, 'settled', settled, 'state', state) order by id), '[]')
      from holds where account_id = ${client}),
    'house', (select coalesce(jsonb_object_agg(pot, sum), '{}') from (select pot, sum(amount) as sum from entries
      where account_id is null and transfer_id in (select transfer_id from entries where account_id in (${client}, ${provider})) group by pot) totals)) as kept`);
  if (!row) throw new Error("The database says nothing");
  return row.kept;
}

const without = (amounts: object) => Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount !== 0));

const shown = ({ pots, lots, holds, house }: Kept) => ({
  client: without(
    Object.fromEntries(pots.filter(({ side }) => side === "client").map(({ kind, balance }) => [kind, balance])),
  ),
  provider: without(
    Object.fromEntries(pots.filter(({ side }) => side === "provider").map(({ kind, balance }) => [kind, balance])),
  ),
  lots: lots.map(({ id: _, ...lot }) => lot),
  holds,
  house: without(house),
});

const wanted = ({ pots, lots, holds, house }: BooksModel) => ({
  client: without(pots.client),
  provider: without(pots.provider),
  lots: lots.map(({ expiresAt, ...lot }) => ({ ...lot, ends: expiresAt?.getTime() ?? null })),
  holds: holds.map(({ amount, settled, state }) => ({ amount, settled, state })),
  house: without(house),
});
