import { expect, test } from "vitest";
import { dollars, micros } from "@/lib/money";
import { answerInWords, takesInWords } from "./refund-words";

const credits = {
  paid: { purpose: "credits", price: dollars("24.99"), refunded: micros(0) },
  brought: {
    paid: { id: "lot_a", amount: 150, remaining: 150 },
    bonus: { id: "lot_b", amount: 10, remaining: 10 },
  },
  most: dollars("24.99"),
} as const;
const wallet = {
  paid: { purpose: "wallet", price: dollars("25"), refunded: micros(0) },
  brought: { paid: { id: "lot_a", amount: 25_000_000, remaining: 20_000_000 }, bonus: undefined },
  most: dollars("20"),
} as const;

test.each([
  ["24.99", credits, "It takes 10 bonus credits, which go first, and 150 bought."],
  ["5.00", credits, "It takes 10 bonus credits, which go first, and 31 bought."],
  ["0.01", { ...credits, brought: { ...credits.brought, bonus: undefined } }, "It takes 1 bought credit."],
  ["25", credits, "That is $0.01 more than may be paid back."],
  ["0.00", credits, "Pay back more than nothing."],
  ["five", credits, 'Send an amount in dollars, such as "5.00".'],
  ["7.50", wallet, "It takes $7.50 out of the wallet."],
] as const)("a refund of %s says what it takes", (amount, before, words) => {
  expect(takesInWords(amount, before)).toBe(words);
});

test("the answer says what became of it, and never that it arrived where that is not known", () => {
  const asked = { micros: dollars("5"), credits: 31, bonusCredits: 10 };
  expect(answerInWords({ ...asked, status: "succeeded" })).toMatchObject({
    ...{ tone: "settled", title: "$5.00 is paid back.", words: "41 credits went back for it." },
  });
  for (const status of ["new", "unknown", "pending"] as const)
    expect(answerInWords({ ...asked, status }).title).toBe("$5.00 is on its way.");
  for (const status of ["failed", "refused"] as const) expect(answerInWords({ ...asked, status }).tone).toBe("loss");
});
