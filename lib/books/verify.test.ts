import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Tx } from "@/lib/db/client";
import { db } from "@/lib/db/client";
import type { Id } from "@/lib/ids";
import { release, settle } from "@/lib/ledger/close";
import { postTransfer } from "@/lib/ledger/post";
import { reserve } from "@/lib/ledger/reserve";
import { reverseTransfer } from "@/lib/ledger/reverse";
import { log } from "@/lib/log";
import { refundPayment } from "@/lib/payments/refund";
import { settle as settlePayment } from "@/lib/payments/settle";
import { projectEvents } from "@/lib/stripe-events/project";
import { recordEvent } from "@/lib/stripe-events/record";
import { spend } from "@/lib/testing/credits";
import { aCause, buyCredits, grantCredits, spendCredits, systemCtx, topUp } from "@/lib/testing/money";
import { aPurchase, asStaff, stripeCtx } from "@/lib/testing/payments";
import { aPerson, type Person } from "@/lib/testing/people";
import { aShop, aSubscriber } from "@/lib/testing/plans";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { anOwner } from "@/lib/testing/teams";
import { allChecks } from "./all-checks";
import { runChecks, verifyBooks } from "./verify";

let who: Person;
let spent: Id<"transfer">;
let held: Id<"hold">;
let house: TestStripe;
let payer: Person;
let subscriber: Person;
const paid = { refunded: "", disputed: "", refund: "", dispute: "", invoice: "" };

/** A little of everything, so that every check has something to look at. */
beforeAll(async () => {
  who = await anOwner();
  const other = await anOwner();
  await topUp(who, 50_000_000);
  await buyCredits(who, { paid: 150, bonus: 10, price: 24_990_000 });
  await grantCredits(who, 5);
  spent = (await spendCredits(who, 25)).transferId;
  await reverseTransfer(who.ctx, {
    reverses: (await spendCredits(who, 7)).transferId,
    cause: aCause(),
    kind: "credits.returned",
  });
  const hold = {
    account: who.accountId,
    pot: "credits",
    amount: 15,
    purpose: "video",
    turn: 1,
    lastsMs: 60_000,
  } as const;
  const [used, back] = [
    await reserve(who.ctx, { ...hold, purposeId: "one" }),
    await reserve(who.ctx, { ...hold, purposeId: "two" }),
  ];
  held = (await reserve(who.ctx, { ...hold, purposeId: "three" })).holdId;
  const close = { account: who.accountId, kind: "video.made" };
  const legs = [{ pot: "burned", amount: 11 }] as const;
  await settle(who.ctx, { ...close, holdId: used.holdId, used: 11, recognises: "income_credits", legs });
  await release(who.ctx, { ...close, holdId: back.holdId });
  await postTransfer(who.ctx, {
    cause: aCause(),
    kind: "gift.sent",
    spends: true,
    legs: [
      { account: who.accountId, pot: "wallet", amount: -5_000_001 },
      { account: other.accountId, pot: "earnings_pending", amount: 3_500_000 },
      { pot: "income_commission", amount: 1_500_001 },
    ],
  });
  await payAndObject();
  await subscribeAndPay();
  await runChecks(systemCtx());
});
afterAll(() => house.stop());

/** One payment of which a part was given back, and one that its bank disputes after most of it was spent. */
async function payAndObject(): Promise<void> {
  log().level = "silent";
  house = await aStripe();
  payer = await aPerson();
  const first = await aPurchase(house, payer, { packageId: 1 });
  paid.refunded = first.paymentId;
  const asked = { paymentId: first.paymentId, amount: "2.00", reason: "duplicate" } as const;
  paid.refund = (await refundPayment(asStaff(payer), asked)).id;
  const second = await aPurchase(house, payer);
  paid.disputed = second.paymentId;
  await spend(payer, 200);
  const intent = await house.stripe.paymentIntents.retrieve(second.paymentIntentId);
  await house.control("POST", "disputes", { charge: String(intent.latest_charge), kind: "fraudulent" });
  await settlePayment(stripeCtx(), second.paymentIntentId);
  const [row] = await db().execute<{ id: string }>(sql`select id from disputes where payment_id = ${second.paymentId}`);
  paid.dispute = row?.id ?? "";
  for (const event of await house.events()) await recordEvent(systemCtx(), event, "webhook");
  await projectEvents(stripeCtx());
}

/** A plan that somebody took up and paid. */
async function subscribeAndPay(): Promise<void> {
  await aShop(house);
  subscriber = await aPerson();
  await aSubscriber(house, subscriber);
  const [row] = await db().execute<{ id: string }>(sql`select id from invoices`);
  paid.invoice = row?.id ?? "";
}

test("books that nobody altered hold, and the run is written down", async () => {
  const run = await verifyBooks(systemCtx());
  expect(run.results.filter(({ violations }) => violations > 0)).toEqual([]);
  expect(run).toMatchObject({ violations: 0, actorKind: "system", actorId: "test" });
  expect(run.results).toHaveLength(allChecks.length);
  expect(run.finishedAt.getTime()).toBeGreaterThanOrEqual(run.startedAt.getTime());
});

test("only staff and the house itself may ask", async () => {
  await expect(verifyBooks(who.ctx)).rejects.toMatchObject({ code: "not_found" });
});

class Undone extends Error {}

/** Alters the books past every guard, sees what the checks say, and takes it back. */
async function saidAfter(alter: (tx: Tx) => Promise<unknown>): Promise<Record<string, string | null>> {
  let said: Record<string, string | null> = {};
  const altering = db().transaction(async (tx) => {
    await tx.execute("set local session_replication_role = replica");
    for (const [table, name] of await checksOf(tx)) await tx.execute(`alter table ${table} drop constraint ${name}`);
    await alter(tx);
    const results = await runChecks({ ...systemCtx(), db: tx });
    said = Object.fromEntries(
      results.flatMap(({ name, violations, first }) => (violations > 0 ? [[name, first]] : [])),
    );
    throw new Undone();
  });
  await expect(altering).rejects.toThrow(Undone);
  return said;
}

const checksOf = async (tx: Tx): Promise<[string, string][]> => {
  const rows = await tx.execute<{ t: string; n: string }>(sql`
    select conrelid::regclass::text as t, conname as n from pg_constraint
    where contype = 'c' and conrelid::regclass::text in ('entries', 'pots', 'lots', 'allocations', 'holds', 'payments', 'refunds', 'disputes')`);
  return rows.map(({ t, n }) => [t, n]);
};

const account = () => who.accountId;

const ALTERATIONS: [what: string, statement: () => ReturnType<typeof sql>, expected: Record<string, () => string>][] = [
  [
    "an entry's amount",
    () => sql`update entries set amount = amount + 1 where transfer_id = ${spent} and pot = 'burned'`,
    { "transfers-balance": () => spent, "chain-is-unaltered": () => spent },
  ],
  [
    "both legs of a transfer alike",
    () =>
      sql`update entries set amount = amount + case pot when 'credits' then -1 else 1 end where transfer_id = ${spent} and pot in ('credits', 'burned')`,
    {
      "balances-are-sums": account,
      "balances-follow": account,
      "lots-explain-entries": () => spent,
      "chain-is-unaltered": () => spent,
    },
  ],
  [
    "a balance",
    () => sql`update pots set balance = balance + 1 where account_id = ${account()} and kind = 'wallet'`,
    { "balances-are-sums": account, "balances-follow": account, "lots-make-the-balance": account },
  ],
  [
    "a balance below zero",
    () => sql`update pots set balance = -1 where account_id = ${account()} and kind = 'wallet'`,
    { "no-pot-below-zero": account },
  ],
  [
    "a pot that appears from nowhere",
    () => sql`insert into pots values (${account()}, 'earnings', 5, 1)`,
    { "balances-are-sums": account },
  ],
  [
    "a pot that disappears",
    () => sql`delete from pots where account_id = ${account()} and kind = 'credits'`,
    { "balances-are-sums": account, "lots-make-the-balance": account },
  ],
  [
    "an entry that disappears",
    () => sql`delete from entries where transfer_id = ${spent} and pot = 'credits'`,
    { "transfers-balance": () => spent, "balances-follow": account },
  ],
  [
    "a transfer that disappears",
    () => sql`delete from transfers where id = ${spent}`,
    { "transfers-have-legs": () => spent, "chain-is-whole": () => spent },
  ],
  [
    "a transfer without legs",
    () => sql`delete from entries where transfer_id = ${spent}`,
    { "transfers-have-legs": () => spent },
  ],
  [
    "a word of a transfer",
    () => sql`update transfers set detail = '{"said": "other"}' where id = ${spent}`,
    { "chain-is-unaltered": () => spent },
  ],
  [
    "when a transfer was booked",
    () => sql`update transfers set booked_at = booked_at - interval '1 second' where id = ${spent}`,
    { "chain-is-unaltered": () => spent },
  ],
  [
    "who made a transfer",
    () => sql`update transfers set actor_id = 'user_nobody' where id = ${spent}`,
    { "transfers-say-who": () => spent, "chain-is-unaltered": () => spent },
  ],
  [
    "an entry's pot",
    () => sql`update entries set pot = 'stripe' where transfer_id = ${spent} and pot = 'burned'`,
    { "entries-fit-their-pot": () => spent },
  ],
  [
    "what remains of a lot",
    () =>
      sql`update lots set remaining = remaining + 1 where account_id = ${account()} and kind = 'paid' and pot = 'credits'`,
    { "lots-make-the-balance": account, "lots-remember": () => "lot_", "lots-are-held-or-gone": () => "lot_" },
  ],
  [
    "what is gone of a lot",
    () =>
      sql`update lots set gone = gone + 1, amount = amount where account_id = ${account()} and kind = 'paid' and pot = 'credits'`,
    { "lots-are-held-or-gone": () => "lot_", "unearned-is-deferred": account },
  ],
  [
    "the price of a lot",
    () => sql`update lots set price = price * 2 where account_id = ${account()} and kind = 'paid' and pot = 'credits'`,
    { "unearned-is-deferred": account },
  ],
  [
    "an allocation",
    () => sql`update allocations set amount = amount - 1 where transfer_id = ${spent} and turn = 1`,
    { "lots-remember": () => "lot_", "lots-explain-entries": () => spent, "chain-is-unaltered": () => spent },
  ],
  [
    "more given back than was taken",
    () => sql`update allocations set amount = amount + 100 where returns_id is not null`,
    { "nothing-is-returned-twice": () => "transfer_" },
  ],
  [
    "a hold's amount",
    () => sql`update holds set amount = amount + 1 where id = ${held}`,
    { "held-is-what-is-open": account },
  ],
  [
    "a hold that is closed by hand",
    () => sql`update holds set state = 'released', closed_by = transfer_id where id = ${held}`,
    {
      "held-is-what-is-open": account,
      "lots-are-held-or-gone": () => "lot_",
      "holds-settle-what-they-hold": () => held,
    },
  ],
  [
    "what a hold has used",
    () => sql`update holds set settled = settled - 1 where state = 'settled'`,
    { "holds-settle-what-they-hold": () => "hold_" },
  ],
  [
    "a link's hash",
    () => sql`update links set hash = repeat('f', 64) where transfer_id = ${spent}`,
    { "chain-is-unaltered": () => "its hash does not follow" },
  ],
  [
    "a link that disappears",
    () => sql`delete from links where transfer_id = ${spent}`,
    { "chain-is-whole": () => "link " },
  ],
  [
    "a transfer and its digest together",
    () =>
      sql`with said as (update transfers set detail = '{"said": "other"}' where id = ${spent} returning *) update links set digest = (select transfer_digest(said::transfers) from said) where transfer_id = ${spent}`,
    { "chain-is-unaltered": () => "its hash does not follow" },
  ],
  [
    "what granted a payment",
    () => sql`update payments set transfer_id = null where id = ${paid.refunded}`,
    { "payments-are-granted-once": () => paid.refunded, "nothing-is-granted-unpaid": () => "no payment paid for it" },
  ],
  [
    "a second grant for one payment",
    () =>
      sql`update transfers set detail = jsonb_build_object('payment', ${paid.disputed}::text) where kind = 'wallet.topped_up'`,
    { "payments-are-granted-once": () => paid.disputed },
  ],
  [
    "a payment that was never made",
    () => sql`update payments set state = 'canceled' where id = ${paid.disputed}`,
    { "payments-are-granted-once": () => paid.disputed, "nothing-is-granted-unpaid": () => "no payment paid for it" },
  ],
  [
    "how much was bought",
    () => sql`update payments set bonus_credits = bonus_credits + 1 where id = ${paid.disputed}`,
    { "nothing-is-granted-unpaid": () => paid.disputed },
  ],
  [
    "how much was bought in all",
    () => sql`update credit_totals set bought = bought + 1 where account_id = ${payer.accountId}`,
    { "bought-totals-are-the-sum": () => payer.accountId },
  ],
  [
    "what was given back of a payment",
    () => sql`update payments set refunded = price + 10000 where id = ${paid.refunded}`,
    { "no-more-is-given-back-than-paid": () => paid.refunded },
  ],
  [
    "a refund's amount",
    () => sql`update refunds set amount = amount + 10000 where id = ${paid.refund}`,
    { "no-more-is-given-back-than-paid": () => paid.refunded, "refunds-are-booked": () => paid.refund },
  ],
  [
    "a refund that failed and took what it took all the same",
    () => sql`update refunds set state = 'failed' where id = ${paid.refund}`,
    { "refunds-are-booked": () => paid.refund },
  ],
  [
    "a refund that disappears",
    () => sql`delete from refunds where id = ${paid.refund}`,
    { "refunds-are-booked": () => "transfer_" },
  ],
  [
    "a dispute's amount",
    () => sql`update disputes set amount = amount + 10000 where id = ${paid.dispute}`,
    { "disputes-are-booked": () => paid.dispute, "disputed-is-what-banks-hold": () => "open disputes say" },
  ],
  [
    "what a dispute left owed",
    () => sql`update disputes set owed = owed - 1 where id = ${paid.dispute}`,
    { "disputes-are-booked": () => paid.dispute, "debts-come-from-disputes": () => payer.accountId },
  ],
  [
    "a dispute that is ended by hand",
    () => sql`update disputes set state = 'won', owed = 0 where id = ${paid.dispute}`,
    { "disputes-are-booked": () => paid.dispute, "debts-come-from-disputes": () => payer.accountId },
  ],
  [
    "spending that is let go during a dispute",
    () => sql`update pots set frozen_at = null where account_id = ${payer.accountId} and kind = 'credits'`,
    { "disputes-stop-spending": () => payer.accountId },
  ],
  [
    "a line of an invoice",
    () => sql`update invoice_lines set amount = amount + 10000 where invoice_id = ${paid.invoice}`,
    { "invoices-add-up": () => paid.invoice },
  ],
  [
    "what was paid on an invoice",
    () => sql`update invoices set amount_paid = amount_paid - 10000 where id = ${paid.invoice}`,
    { "invoices-are-booked-once": () => paid.invoice },
  ],
  [
    "an invoice that forgets its transfer",
    () => sql`update invoices set transfer_id = null where id = ${paid.invoice}`,
    { "invoices-are-booked-once": () => paid.invoice },
  ],
  [
    "what was paid back of an invoice",
    () => sql`update invoices set refunded = 10000 where id = ${paid.invoice}`,
    { "invoice-refunds-are-booked": () => paid.invoice },
  ],
  [
    "an event that came to nothing",
    () => sql`update stripe_events set done_at = null where state = 'done'`,
    { "events-say-when-they-were-done": () => "evt_" },
  ],
];

test.each(ALTERATIONS)("%s, altered by hand, turns the books red and is named", async (_what, statement, expected) => {
  const said = await saidAfter((tx) => tx.execute(statement()));
  for (const [name, offender] of Object.entries(expected)) expect(said[name], name).toContain(offender());
});

test("an event that stands here twice turns the books red and is named", async () => {
  const said = await saidAfter(async (tx) => {
    await tx.execute("alter table stripe_events drop constraint stripe_events_pkey");
    await tx.execute(sql`insert into stripe_events select * from stripe_events where state = 'done' limit 1`);
  });
  expect(said["events-are-recorded-once"]).toContain("evt_");
});

test("an account with two live plans of a family turns the books red and is named", async () => {
  const said = await saidAfter(async (tx) => {
    await tx.execute("drop index subscriptions_live");
    await tx.execute(sql`
      insert into subscriptions (id, account_id, family, plan_id, plan_version, interval, state, stripe, created_at)
      select id || '2', account_id, family, plan_id, plan_version, interval, 'new', stripe, created_at from subscriptions`);
  });
  expect(said["one-plan-of-a-family"]).toContain(subscriber.accountId);
});

test("every check can turn red", () => {
  const seen = new Set(ALTERATIONS.flatMap(([, , expected]) => Object.keys(expected)))
    .add("events-are-recorded-once")
    .add("one-plan-of-a-family");
  expect(allChecks.map(({ name }) => name).filter((name) => !seen.has(name))).toEqual([]);
});
