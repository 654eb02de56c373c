import { expect, test } from "vitest";
import { formatAmount, layOutTrial, potInWords } from "./rules";

test("a trial balance has every pot on its side, and both sides alike", () => {
  const [usd, credit] = layOutTrial([
    { pot: "deferred", amount: 20_000_000 },
    { pot: "stripe", amount: -24_990_000 },
    { pot: "income_credits", amount: 4_990_000 },
    { pot: "burned", amount: 25 },
    { pot: "issued_paid", amount: -150 },
    { pot: "credits", amount: 125 },
    { pot: "cost_fees", amount: 0 },
  ]);
  expect(usd).toEqual({
    asset: "usd",
    lines: [
      { pot: "stripe", debit: 24_990_000, credit: 0 },
      { pot: "deferred", debit: 0, credit: 20_000_000 },
      { pot: "income_credits", debit: 0, credit: 4_990_000 },
    ],
    debit: 24_990_000,
    credit: 24_990_000,
  });
  expect(credit).toMatchObject({ debit: 150, credit: 150 });
});

test("amounts and pots are read by people", () => {
  expect(formatAmount("wallet", -5_000_001)).toBe("\u2212$5.000001");
  expect(formatAmount("credits", -1_500)).toBe("\u22121,500");
  expect(potInWords("earnings_pending")).toBe("Earnings, pending");
  expect(potInWords("deferred")).toBe("Paid for credits that are not used yet");
});
