import { expect, test } from "vitest";
import { sumOf, taxesOf, together } from "./compute";
import type { TaxRate } from "./named";

const rate = (percentage: number, inclusive: boolean): TaxRate => ({
  ...{ id: `txr_${percentage}${inclusive}`, object: "tax_rate", active: true, country: null, created: 0 },
  ...{ description: null, display_name: "Tax", effective_percentage: percentage, flat_amount: null, inclusive },
  ...{ jurisdiction: null, jurisdiction_level: null, livemode: false, metadata: {}, percentage },
  ...{ rate_type: "percentage", state: null, tax_type: null },
});
const [on, inside] = [(percentage: number) => rate(percentage, false), (percentage: number) => rate(percentage, true)];

test.each([
  ["20 % on top", 1_000, [on(20)], [200], 1_000],
  ["20 % inside", 1_000, [inside(20)], [167], 833],
  ["half a cent is rounded away from nothing", 10, [on(5)], [1], 10],
  ["less than half a cent is nothing", 9, [on(5)], [0], 9],
  ["four decimals", 1_000_000, [on(8.3125)], [83_125], 1_000_000],
  ["two on top, each on the amount", 1_000, [on(5), on(9.975)], [50, 100], 1_000],
  ["two inside share one base", 1_150, [inside(10), inside(5)], [100, 50], 1_000],
  ["one on top of what is left of one inside", 1_200, [inside(20), on(10)], [200, 100], 1_000],
  ["a credit gives tax back", -1_000, [on(20)], [-200], -1_000],
  ["nothing of nothing", 0, [on(20), inside(7)], [0, 0], 0],
] as const)("%s", (_, amount, rates, taxes, taxable) => {
  const found = taxesOf(amount, [...rates]);
  expect(found.map((tax) => tax.amount)).toEqual(taxes);
  for (const tax of found) expect(tax).toMatchObject({ taxable_amount: taxable, taxability_reason: "not_available" });
});

test.each([
  ["exempt", "customer_exempt"],
  ["reverse", "reverse_charge"],
] as const)("a customer that is %s owes none, and the line says why", (exemption, taxability_reason) => {
  const taxes = taxesOf(1_000, [on(20), inside(10)], exemption);
  expect(sumOf(taxes)).toBe(0);
  expect(taxes).toMatchObject([{ taxability_reason }, { taxability_reason }]);
});

test("adds up by rate, and keeps what is inside apart from what is on top", () => {
  const all = [...taxesOf(1_000, [on(20), inside(20)]), ...taxesOf(500, [on(20)])];
  expect(together(all).map(({ amount, taxable_amount }) => [amount, taxable_amount])).toEqual([
    [167 + 100, 833 + 500],
    [167, 833],
  ]);
  expect([sumOf(all, "exclusive"), sumOf(all, "inclusive")]).toEqual([267, 167]);
});
