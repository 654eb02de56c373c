import type { AccountPot, HousePot, LotKind } from "@/lib/pots";
import { days, later } from "@/lib/time";

/** Which of the two accounts of a run: the one who pays, or the one who is paid. */
export type Side = "client" | "provider";
export type LotPot = "wallet" | "credits";

export type ModelLot = {
  pot: LotPot;
  kind: LotKind;
  amount: number;
  remaining: number;
  gone: number;
  price: number;
  expiresAt: Date | null;
};
export type Taken = { lot: ModelLot; amount: number };
export type ModelHold = {
  pot: LotPot;
  amount: number;
  settled: number;
  state: "open" | "settled" | "released" | "expired";
  isLate: boolean;
  taken: Taken[];
};
type Amounts<K extends string> = Partial<Record<K, number>>;

const KIND_ORDER: LotKind[] = ["promotional", "bonus", "paid"];

/**
 * The books as one would keep them on paper, written from the rules and not from the SQL: what the database holds
 * after a step must be what is here.
 */
export class BooksModel {
  readonly pots: Record<Side, Amounts<AccountPot>> = { client: {}, provider: {} };
  readonly house: Amounts<HousePot> = {};
  readonly lots: ModelLot[] = [];
  readonly holds: ModelHold[] = [];

  constructor(public now: Date) {}

  put(side: Side, pot: AccountPot, amount: number): void {
    this.pots[side][pot] = (this.pots[side][pot] ?? 0) + amount;
  }

  putHouse(pot: HousePot, amount: number): void {
    this.house[pot] = (this.house[pot] ?? 0) + amount;
  }

  has(pot: AccountPot): number {
    return this.pots.client[pot] ?? 0;
  }

  bring(lot: Omit<ModelLot, "remaining" | "gone">): void {
    if (lot.amount === 0) return;
    this.lots.push({ ...lot, remaining: lot.amount, gone: 0 });
    this.put("client", lot.pot, lot.amount);
  }

  usable(pot: LotPot): ModelLot[] {
    const rank = (lot: ModelLot) => [
      KIND_ORDER.indexOf(lot.kind),
      lot.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
    ];
    return this.lots
      .filter((lot) => lot.pot === pot && lot.remaining > 0 && (lot.expiresAt === null || lot.expiresAt > this.now))
      .sort((a, b) => {
        const [[kindA = 0, endA = 0], [kindB = 0, endB = 0]] = [rank(a), rank(b)];
        if (kindA !== kindB) return kindA - kindB;
        if (endA !== endB) return endA < endB ? -1 : 1;
        return this.lots.indexOf(a) - this.lots.indexOf(b);
      });
  }

  spendable(pot: LotPot): number {
    return this.usable(pot).reduce((sum, lot) => sum + lot.remaining, 0);
  }

  /** Takes an amount out of the lots that come first. The caller has seen that it is there. */
  take(pot: LotPot, amount: number): Taken[] {
    let missing = amount;
    const taken: Taken[] = [];
    for (const lot of this.usable(pot)) {
      const part = Math.min(missing, lot.remaining);
      if (part === 0) break;
      lot.remaining -= part;
      missing -= part;
      taken.push({ lot, amount: part });
    }
    this.put("client", pot, -amount);
    return taken;
  }

  /** What is used is gone for good; what was paid for it is earned, and goes where it is said. */
  use(taken: Taken[], to: HousePot): void {
    for (const { lot, amount } of taken) this.changeGone(lot, amount, to);
  }

  changeGone(lot: ModelLot, amount: number, to: HousePot): void {
    const before = earned(lot);
    lot.gone += amount;
    const price = earned(lot) - before;
    if (price === 0) return;
    this.putHouse("deferred", -price);
    this.putHouse(to, price);
  }

  /** Gives back from the end of what was taken. What ran out meanwhile lives for three days more. */
  giveBack(pot: LotPot, taken: Taken[], amount: number): Taken[] {
    let missing = amount;
    const returned: Taken[] = [];
    for (const part of [...taken].reverse()) {
      const back = Math.min(missing, part.amount);
      if (back === 0) continue;
      part.lot.remaining += back;
      part.amount -= back;
      missing -= back;
      if (part.lot.expiresAt && part.lot.expiresAt <= this.now) part.lot.expiresAt = later(this.now, days(3));
      returned.push({ lot: part.lot, amount: back });
    }
    this.put("client", pot, amount);
    return returned;
  }

  heldOf(lot: ModelLot): number {
    return lot.amount - lot.remaining - lot.gone;
  }

  expireLots(): void {
    for (const lot of this.lots) {
      if (!lot.expiresAt || lot.expiresAt > this.now || lot.remaining === 0 || this.heldOf(lot) > 0) continue;
      const amount = lot.remaining;
      lot.remaining = 0;
      this.put("client", lot.pot, -amount);
      this.putHouse("expired", amount);
      this.changeGone(lot, amount, "income_breakage");
    }
  }
}

/** What of a lot's price belongs to what is gone of it: rounded down, so that the last part gets the rest. */
export const earned = ({ pot, price, gone, amount }: ModelLot): number =>
  pot === "credits" ? Number((BigInt(price) * BigInt(gone)) / BigInt(amount)) : 0;
