import { release, settle } from "@/lib/ledger/close";
import { expireHolds } from "@/lib/ledger/expire-holds";
import { reserve } from "@/lib/ledger/reserve";
import type { Leg } from "@/lib/ledger/schema";
import { micros, split } from "@/lib/money";
import { command, judged, type Model, short } from "./books-command";
import type { LotPot, ModelHold, Taken } from "./books-model";
import { aCause } from "./money";

const SHARE = 7_000;

export const hold = (pot: LotPot, amount: number, isLate: boolean) =>
  command(`hold ${amount} of the ${pot}${isLate ? ", too long" : ""}`, {
    run: async ({ books }, real) => {
      const asked = {
        account: real.accounts.client,
        pot,
        amount,
        purpose: "job",
        turn: 1,
        lastsMs: isLate ? 0 : 600_000,
      };
      const done = await judged(books.spendable(pot) < amount, short(pot), () =>
        reserve(real.ctx(), { ...asked, purposeId: aCause() }),
      );
      if (!done) return;
      real.holds.push(done.holdId);
      books.holds.push({ pot, amount, settled: 0, state: "open", isLate, taken: books.take(pot, amount) });
      books.put("client", `${pot}_held`, amount);
    },
  });

const anyOpen = ({ books }: Model) => books.holds.some(({ state }) => state === "open");

function close({ books }: Model, closed: ModelHold, used: number, state: ModelHold["state"]): Taken[] {
  books.giveBack(closed.pot, closed.taken, closed.amount - used);
  books.put("client", `${closed.pot}_held`, -closed.amount);
  Object.assign(closed, { state, settled: used });
  const burnt = closed.taken.filter(({ amount }) => amount > 0);
  books.use(burnt, "income_credits");
  return burnt;
}

function pick(model: Model, at: number): { hold: ModelHold; place: number } {
  const open = model.books.holds.flatMap((hold, place) => (hold.state === "open" ? [{ hold, place }] : []));
  const picked = open[at % open.length];
  if (!picked) throw new Error("No hold is open");
  return picked;
}

export const settlePart = (at: number, percent: number) =>
  command(`settle ${percent} % of hold ${at}`, {
    when: anyOpen,
    run: async (model, real) => {
      const { hold, place } = pick(model, at);
      const used = Math.floor((hold.amount * percent) / 100);
      const [theirs, ours] = split(micros(used), SHARE);
      const ofWallet: Leg[] = [
        { account: real.accounts.provider, pot: "earnings_pending", amount: theirs },
        { pot: "income_commission", amount: ours },
      ];
      await settle(real.ctx(), {
        account: real.accounts.client,
        holdId: real.holds[place] ?? "hold_none",
        kind: "job.done",
        used,
        ...(hold.pot === "credits" && { recognises: "income_credits" as const }),
        legs: hold.pot === "credits" ? [{ pot: "burned", amount: used }] : ofWallet,
      });
      close(model, hold, used, "settled");
      if (hold.pot === "credits") return model.books.putHouse("burned", used);
      if (theirs > 0) model.books.put("provider", "earnings_pending", theirs);
      model.books.putHouse("income_commission", ours);
    },
  });

export const releaseOne = (at: number) =>
  command(`release hold ${at}`, {
    when: anyOpen,
    run: async (model, real) => {
      const { hold, place } = pick(model, at);
      const holdId = real.holds[place] ?? "hold_none";
      await release(real.ctx(), { account: real.accounts.client, holdId, kind: "job.failed" });
      close(model, hold, 0, "released");
    },
  });

export const expireLate = command("expire the holds that lasted too long", {
  run: async (model, real) => {
    while ((await expireHolds(real.ctx(), { most: 10 })) === 10);
    const late = model.books.holds.filter(({ state, isLate }) => state === "open" && isLate);
    for (const hold of late) close(model, hold, 0, "expired");
  },
});
