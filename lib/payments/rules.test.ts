import fc from "fast-check";
import { expect, test } from "vitest";
import { cents, dollars, isWholeCents, micros } from "@/lib/money";
import { creditPackages } from "@/lib/plans/catalogue";
import { type Brought, disputeTakes, purchaseOf, refundableOf, refundTakes, sizeOf } from "./rules";

const pro = { purpose: "credits" as const, price: dollars("24.99"), refunded: micros(0) };
const lots = (paid: number, bonus: number): Brought => ({
  paid: { id: "lot_paid", amount: 150, remaining: paid },
  bonus: { id: "lot_bonus", amount: 10, remaining: bonus },
});
const NOTHING = { paid: 0, bonus: 0 };

test("a package is bought at our price", () => {
  expect(purchaseOf({ packageId: 2 })).toMatchObject({ price: dollars("24.99"), credits: 150, bonusCredits: 10 });
  expect(purchaseOf({ topUp: "25" })).toMatchObject({ purpose: "wallet", price: dollars("25"), credits: 0 });
});

test.each([
  [150, "24.99"],
  [149, "24.82"],
  [75, "12.49"],
  [1, "0.16"],
  [0, "0"],
])("of a Pro package with %i credits left, $%s may be paid back", (left, most) => {
  expect(refundableOf(pro, lots(left, 10))).toBe(dollars(most));
});

test("no more is paid back than was paid, and of a wallet what is left of it", () => {
  expect(refundableOf({ ...pro, refunded: dollars("20") }, lots(150, 10))).toBe(dollars("4.99"));
  const wallet = { purpose: "wallet" as const, price: dollars("25"), refunded: micros(0) };
  const left = { paid: { id: "lot_x" as const, amount: 25_000_000, remaining: 6_991_234 }, bonus: undefined };
  expect(refundableOf(wallet, left)).toBe(dollars("6.99"));
  expect(refundTakes(dollars("6.99"), wallet, left)).toEqual({ paid: 6_990_000, bonus: 0 });
});

test("a refund takes the bonus first, then what the amount is worth", () => {
  expect(refundTakes(dollars("5"), pro, lots(150, 10))).toEqual({ paid: 31, bonus: 10 });
  expect(refundTakes(dollars("24.99"), pro, lots(150, 4))).toEqual({ paid: 150, bonus: 4 });
});

test("a refund never takes more than there is, nor gives more than it takes is worth", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...creditPackages),
      fc.nat(2_000),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (pack, used, part) => {
        const remaining = pack.credits - Math.min(used, pack.credits);
        const brought = { paid: { id: "lot_x" as const, amount: pack.credits, remaining }, bonus: undefined };
        const paid = { purpose: "credits" as const, price: pack.price, refunded: micros(0) };
        const most = refundableOf(paid, brought);
        const amount = cents(Math.floor((most / 10_000) * part));
        const taken = refundTakes(amount, paid, brought).paid;
        expect(isWholeCents(most)).toBe(true);
        expect(taken).toBeLessThanOrEqual(remaining);
        expect(BigInt(amount) * BigInt(pack.credits)).toBeLessThanOrEqual(BigInt(taken) * BigInt(pack.price));
      },
    ),
  );
});

test("a dispute undoes the purchase: what is left is taken, what is used is owed", () => {
  const { due, taken } = disputeTakes(dollars("24.99"), pro, lots(60, 0), NOTHING);
  expect({ due, taken, owed: sizeOf(due) - sizeOf(taken) }).toEqual({
    due: { paid: 150, bonus: 10 },
    taken: { paid: 60, bonus: 0 },
    owed: 100,
  });
});

test("a dispute after a refund undoes what the refund left", () => {
  const refunded = { ...pro, refunded: dollars("5") };
  expect(disputeTakes(dollars("19.99"), refunded, lots(100, 0), { paid: 31, bonus: 10 })).toEqual({
    due: { paid: 119, bonus: 0 },
    taken: { paid: 100, bonus: 0 },
  });
});

test("a dispute about a part takes its share, the bonus first", () => {
  expect(disputeTakes(dollars("5"), pro, lots(20, 3), NOTHING)).toEqual({
    due: { paid: 31, bonus: 3 },
    taken: { paid: 20, bonus: 3 },
  });
});
