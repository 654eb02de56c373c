import fc from "fast-check";
import { expireLots } from "@/lib/ledger/expire-lots";
import { reverseTransfer } from "@/lib/ledger/reverse";
import type { Leg, NewLot } from "@/lib/ledger/schema";
import { micros, split } from "@/lib/money";
import type { HousePot } from "@/lib/pots";
import { days, later } from "@/lib/time";
import { type Command, command, judged, type Model, post, type Real, short } from "./books-command";
import { expireLate, hold, releaseOne, settlePart } from "./books-holds";
import type { BooksModel, LotPot } from "./books-model";
import { aCause } from "./money";

const SHARE = 7_000;

function bring(pot: LotPot, amount: number, lot: NewLot, from: HousePot) {
  return async ({ books }: Model, real: Real) => {
    const account = real.accounts.client;
    await post(real, `${pot}.brought`, [
      { pot: from, amount: -amount },
      { account, pot, amount, lot },
    ]);
    books.putHouse(from, -amount);
    books.bring({ pot, kind: lot.kind, amount, price: 0, expiresAt: lot.expiresAt ?? null });
    await real.learn();
  };
}

const topUp = (cents: number) =>
  command(`top up ${cents} cents`, { run: bring("wallet", cents * 10_000, { kind: "paid" }, "stripe") });

const grant = (amount: number, lastsDays: number | null) =>
  command(`grant ${amount} credits for ${lastsDays ?? "ever"} days`, {
    run: (model, real) => {
      const expiresAt = lastsDays === null ? undefined : later(model.books.now, days(lastsDays));
      const lot = { kind: "promotional" as const, ...(expiresAt && { expiresAt }) };
      return bring("credits", amount, lot, "issued_promotional")(model, real);
    },
  });

const buy = (paid: number, bonus: number, cents: number) =>
  command(`buy ${paid} + ${bonus} credits for ${cents} cents`, {
    run: async ({ books }, real) => {
      const [price, account] = [cents * 10_000, real.accounts.client];
      await post(real, "credits.bought", [
        { pot: "stripe", amount: -price },
        { pot: "deferred", amount: price },
        { pot: "issued_paid", amount: -paid },
        { pot: "issued_bonus", amount: -bonus },
        { account, pot: "credits", amount: paid, lot: { kind: "paid", price } },
        { account, pot: "credits", amount: bonus, lot: { kind: "bonus" } },
      ]);
      books.putHouse("stripe", -price);
      books.putHouse("deferred", price);
      books.putHouse("issued_paid", -paid);
      books.putHouse("issued_bonus", -bonus);
      books.bring({ pot: "credits", kind: "paid", amount: paid, price, expiresAt: null });
      books.bring({ pot: "credits", kind: "bonus", amount: bonus, price: 0, expiresAt: null });
      await real.learn();
    },
  });

const spend = (amount: number) =>
  command(`spend ${amount} credits`, {
    run: async ({ books, spent }, real) => {
      const legs: Leg[] = [
        { account: real.accounts.client, pot: "credits", amount: -amount },
        { pot: "burned", amount },
      ];
      const done = await judged(books.spendable("credits") < amount, short("credits"), () =>
        post(real, "credits.spent", legs, { spends: true, purpose: "video", recognises: "income_credits" }),
      );
      if (!done) return;
      const taken = books.take("credits", amount);
      books.use(taken, "income_credits");
      books.putHouse("burned", amount);
      spent.push({
        id: done.transferId,
        undone: false,
        undo: (model) => {
          for (const { lot, amount: back } of model.giveBack("credits", taken, amount))
            model.changeGone(lot, -back, "income_credits");
          model.putHouse("burned", -amount);
        },
      });
    },
  });

/** Pays out of the wallet: all of it to the house, or shared with a provider. */
const pay = (amount: number, points: number) =>
  command(`pay ${amount} micros, of which ${points} points go to the provider`, {
    run: async ({ books, spent }, real) => {
      const [theirs, ours] = split(micros(amount), points);
      const legs: Leg[] = [
        { account: real.accounts.client, pot: "wallet", amount: -amount },
        { account: real.accounts.provider, pot: "earnings_pending", amount: theirs },
        { pot: "income_commission", amount: ours },
      ];
      const done = await judged(books.spendable("wallet") < amount, short("wallet"), () =>
        post(real, "gift.sent", legs, { spends: true, purpose: "gift" }),
      );
      if (!done) return;
      const taken = books.take("wallet", amount);
      books.use(taken, "income_credits");
      const share = (model: BooksModel, sign: 1 | -1) => {
        if (theirs > 0) model.put("provider", "earnings_pending", sign * theirs);
        model.putHouse("income_commission", sign * ours);
      };
      share(books, 1);
      const undo = (model: BooksModel) => {
        for (const { lot, amount: back } of model.giveBack("wallet", taken, amount)) lot.gone -= back;
        share(model, -1);
      };
      spent.push({ id: done.transferId, undone: false, undo });
    },
  });

const passTime = (count: number) =>
  command(`let ${count} days pass, and lots run out`, {
    run: async ({ books }, real) => {
      books.now = later(books.now, days(count));
      while ((await expireLots(real.ctx(), { until: books.now, most: 10 })) === 10);
      books.expireLots();
    },
  });

const boughtLots = ({ books }: Model) => books.lots.flatMap((lot, place) => (lot.price > 0 ? [{ lot, place }] : []));

/** Pays back the unspent part of one purchase at its price, in whole cents. */
const refundPart = (at: number, percent: number) =>
  command(`refund ${percent} % of what is left of purchase ${at}`, {
    when: (model) => boughtLots(model).some(({ lot }) => lot.remaining > 0),
    run: async (model, real) => {
      const live = boughtLots(model).filter(({ lot }) => lot.remaining > 0);
      const { lot, place } = live[at % live.length] ?? live[0] ?? { lot: undefined, place: 0 };
      if (!lot) throw new Error("Nothing is left to refund");
      const amount = Math.max(1, Math.floor((lot.remaining * percent) / 100));
      const refund = Math.floor((lot.price * amount) / lot.amount / 10_000) * 10_000;
      const lots = [{ id: real.lots[place] ?? "lot_none", amount }] as const;
      await post(
        real,
        "credits.refunded",
        [
          { account: real.accounts.client, pot: "credits", amount: -amount, lots },
          { pot: "issued_paid", amount },
          { pot: "stripe", amount: refund },
        ],
        { recognises: "income_breakage" },
      );
      const { books } = model;
      lot.remaining -= amount;
      books.put("client", "credits", -amount);
      books.putHouse("issued_paid", amount);
      books.putHouse("stripe", refund);
      books.changeGone(lot, amount, "income_breakage");
      books.putHouse("income_breakage", -refund);
    },
  });

/** Takes back what was bought: what is there from its lot, what is spent as a debt. */
const clawBack = (at: number) =>
  command(`claw back purchase ${at}`, {
    when: (model) => boughtLots(model).length > 0,
    run: async (model, real) => {
      const bought = boughtLots(model);
      const { lot, place } = bought[at % bought.length] ?? { lot: undefined, place: 0 };
      if (!lot) throw new Error("Nothing was bought");
      const [there, account] = [lot.remaining, real.accounts.client];
      const lots = [{ id: real.lots[place] ?? "lot_none", amount: there }] as const;
      const debt = lot.amount - there;
      await post(
        real,
        "credits.clawed_back",
        [
          { account, pot: "credits", amount: -there, lots },
          { account, pot: "credits_owed", amount: -debt },
          { pot: "issued_paid", amount: lot.amount },
        ],
        { recognises: "cost_disputes" },
      );
      const { books } = model;
      lot.remaining = 0;
      if (there > 0) books.put("client", "credits", -there);
      if (debt > 0) books.put("client", "credits_owed", debt);
      books.putHouse("issued_paid", lot.amount);
      if (there > 0) books.changeGone(lot, there, "cost_disputes");
    },
  });

const reverse = (at: number) =>
  command(`undo spend ${at}`, {
    when: ({ spent }) => spent.length > 0,
    run: async ({ books, spent }, real) => {
      const one = spent[at % spent.length];
      if (!one) throw new Error("Nothing was spent");
      const asked = { reverses: one.id, cause: aCause(), kind: "undone" };
      const done = await judged(one.undone, "conflict", () => reverseTransfer(real.ctx(), asked));
      if (!done) return;
      one.undone = true;
      one.undo(books);
    },
  });

const credits = fc.integer({ min: 1, max: 60 });
const amount = fc.oneof(fc.integer({ min: 1, max: 40_000_000 }), fc.integer({ min: 1, max: 9 }));
const place = fc.nat(20);
const percent = fc.integer({ min: 0, max: 100 });

export const bookCommands: fc.Arbitrary<Command>[] = [
  fc.integer({ min: 1, max: 5_000 }).map(topUp),
  fc
    .tuple(fc.integer({ min: 1, max: 120 }), fc.nat(20), fc.integer({ min: 1, max: 9_999 }))
    .map((bought) => buy(...bought)),
  fc.tuple(credits, fc.option(fc.integer({ min: 1, max: 20 }))).map((granted) => grant(...granted)),
  amount.map((micros) => pay(micros, 0)),
  amount.map((micros) => pay(micros, SHARE)),
  credits.map(spend),
  fc.tuple(credits, fc.boolean()).map(([size, isLate]) => hold("credits", size, isLate)),
  fc.tuple(amount, fc.boolean()).map(([size, isLate]) => hold("wallet", size, isLate)),
  fc.tuple(place, percent).map((settled) => settlePart(...settled)),
  place.map(releaseOne),
  fc.constant(expireLate),
  fc.integer({ min: 1, max: 9 }).map(passTime),
  fc.tuple(place, percent).map((refunded) => refundPart(...refunded)),
  place.map(clawBack),
  place.map(reverse),
];
