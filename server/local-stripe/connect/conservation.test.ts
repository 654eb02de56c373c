import fc from "fast-check";
import Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aLocalStripe, type TestHouse } from "../testing/house";

let house: TestHouse;
beforeAll(async () => {
  house = await aLocalStripe();
});
afterAll(() => house.stop());

type Step = {
  do: "pay" | "hold" | "capture" | "refund" | "dispute" | "transfer" | "reverse" | "wait";
  amount: number;
  card: string;
};

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom("pay", "hold", "capture", "refund", "dispute", "transfer", "reverse", "wait"),
  amount: fc.integer({ min: 50, max: 50_000 }),
  card: fc.constantFrom(
    "pm_card_visa",
    "pm_card_bypassPending",
    "pm_card_createDispute",
    "pm_card_visa_chargeDeclined",
  ),
});

/** Whatever is asked, in whatever order, a refusal is fine and a lost cent is not. */
test("money is neither made nor lost by any order of payments, refunds, disputes and transfers", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 14 }), async (steps) => {
      const { stripe, key } = house.fresh();
      const { id: destination } = await stripe.accounts.create({
        type: "express",
        capabilities: { transfers: { requested: true } },
      });
      await fetch(`${house.url}/_local/accounts/${destination}/onboard`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}` },
        body: "{}",
      });
      for (const one of steps) await attempt(stripe, destination, one).catch(unlessRefused);
      for (const options of [{}, { stripeAccount: destination }]) {
        const entries = await stripe.balanceTransactions
          .list({ limit: 100 }, options)
          .autoPagingToArray({ limit: 1_000 });
        const { available, pending } = await stripe.balance.retrieve({}, options);
        const total = [...available, ...pending].reduce((sum, { amount }) => sum + amount, 0);
        expect(entries.reduce((sum, { net }) => sum + net, 0)).toBe(total);
        for (const { amount, fee, net } of entries) expect(net).toBe(amount - fee);
      }
      const charges = await stripe.charges.list({ limit: 100 });
      for (const charge of charges.data) expect(charge.amount_refunded).toBeLessThanOrEqual(charge.amount);
      const received = await stripe.transfers.list({ limit: 100 });
      const sent = received.data.reduce((sum, { amount, amount_reversed }) => sum + amount - amount_reversed, 0);
      const theirs = await stripe.balance.retrieve({}, { stripeAccount: destination });
      expect([...theirs.available, ...theirs.pending].reduce((sum, { amount }) => sum + amount, 0)).toBe(sent);
    }),
    { numRuns: 12 },
  );
}, 120_000);

/** A refusal or a decline is an answer; one that breaks the contract is not. */
function unlessRefused(error: unknown): void {
  const refused = error instanceof Stripe.errors.StripeError && [400, 402, 404].includes(error.statusCode ?? 0);
  if (!refused || error.message.includes("against the contract")) throw error;
}

async function attempt(stripe: Stripe, destination: string, { do: what, amount, card }: Step): Promise<void> {
  const intents = (await stripe.paymentIntents.list({ limit: 5 })).data;
  const [latest] = intents;
  const charge = String(latest?.latest_charge);
  if (what === "pay" || what === "hold") {
    const capture_method = what === "hold" ? "manual" : "automatic";
    await stripe.paymentIntents.create({
      amount,
      currency: "usd",
      confirm: true,
      payment_method: card,
      capture_method,
      return_url: "http://localhost/back",
    });
  }
  if (what === "capture")
    await stripe.paymentIntents.capture(String(intents.find(({ status }) => status === "requires_capture")?.id), {
      amount_to_capture: Math.min(amount, latest?.amount ?? 0),
    });
  if (what === "refund") await stripe.refunds.create({ charge, amount: Math.min(amount, latest?.amount ?? 0) });
  if (what === "dispute")
    await stripe.disputes.update(String((await stripe.disputes.list({ limit: 1 })).data[0]?.id), {
      evidence: { uncategorized_text: amount % 2 === 0 ? "winning_evidence" : "losing_evidence" },
    });
  if (what === "transfer")
    await stripe.transfers.create({
      amount,
      currency: "usd",
      destination,
      ...(amount % 2 === 0 && { source_transaction: charge }),
    });
  if (what === "reverse")
    await stripe.transfers.createReversal(String((await stripe.transfers.list({ limit: 1 })).data[0]?.id), {
      amount: Math.min(amount, 100),
    });
  if (what === "wait") await house.advance(amount * 10);
}
