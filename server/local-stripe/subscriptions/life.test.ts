import { expect, test } from "vitest";
import { itemOf, recurringPrice } from "../testing/customers";
import { aLocalStripe, type TestHouse } from "../testing/house";

const DAY = 86_400;
const at = (text: string): number => Date.parse(`${text}Z`) / 1_000;

type Told = {
  at: string;
  reason: string | null;
  lines: number[];
  paid: number;
  status: string | null;
  tries: number;
};
type Life = { invoices: Told[]; events: string[]; numbers: (string | null)[]; subscription: object; money: number[] };

/**
 * Fourteen months of one subscription: a trial, an anchor on the 31st, an upgrade in the
 * middle of a month, a card that stops working and is replaced, and an end.
 */
async function live(step: (now: number, next: number) => number): Promise<Life> {
  const house = await aLocalStripe(new Date("2026-01-17T10:00:00Z"));
  const { stripe } = house;
  const [pro, max] = [await recurringPrice(stripe, 2_900), await recurringPrice(stripe, 9_900)];
  const { id: customer } = await stripe.customers.create({ invoice_prefix: "LIFE" });
  const attach = async (name: string) => (await stripe.paymentMethods.attach(`pm_card_${name}`, { customer })).id;
  const subscription = await stripe.subscriptions.create({
    ...{ customer, items: [{ price: pro }], trial_period_days: 14, default_payment_method: await attach("visa") },
  });
  const { id } = subscription;

  await reach(house, at("2026-04-15T13:37:11"), step);
  const items = [{ id: itemOf(subscription), price: max }];
  const change = { items, proration_behavior: "always_invoice" as const };
  const preview = await stripe.invoices.createPreview({ subscription: id, subscription_details: change });
  await stripe.subscriptions.update(id, change);
  expect(preview.total).toBe(4_900 - 1_435);
  await reach(house, at("2026-06-20T00:00:00"), step);
  await stripe.subscriptions.update(id, { default_payment_method: await attach("chargeCustomerFail") });
  await reach(house, at("2026-07-05T00:00:00"), step);
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: "past_due" });
  await stripe.subscriptions.update(id, { default_payment_method: await attach("visa") });
  await reach(house, at("2026-07-09T00:00:00"), step);
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: "active" });
  await reach(house, at("2027-02-10T00:00:00"), step);
  await stripe.subscriptions.update(id, { cancel_at_period_end: true });
  await reach(house, at("2027-03-17T10:00:00"), step);
  const life = await lifeOf(house, id);
  await house.stop();
  return life;
}

async function lifeOf({ stripe, events }: TestHouse, id: string): Promise<Life> {
  const invoices = (await stripe.invoices.list({ subscription: id, limit: 100 })).data.reverse();
  const { status, ended_at, canceled_at, items } = await stripe.subscriptions.retrieve(id);
  const charges = await stripe.charges.list({ limit: 100 });
  return {
    events: await events(),
    numbers: invoices.map(({ number }) => number),
    subscription: { status, ended_at, canceled_at, period_end: items.data[0]?.current_period_end },
    money: charges.data
      .filter(({ paid }) => paid)
      .map(({ amount_captured }) => amount_captured)
      .reverse(),
    invoices: invoices.map((invoice) => ({
      at: new Date(invoice.created * 1_000).toISOString().slice(0, 19),
      reason: invoice.billing_reason,
      lines: invoice.lines.data.map(({ amount }) => amount),
      paid: invoice.amount_paid,
      status: invoice.status,
      tries: invoice.attempt_count,
    })),
  };
}

async function reach(house: TestHouse, target: number, step: (now: number, next: number) => number): Promise<void> {
  for (;;) {
    const now = house.now.getTime() / 1_000;
    if (now >= target) return;
    const due = (await house.nextDue())?.getTime() ?? Number.POSITIVE_INFINITY;
    await house.advance(Math.min(step(now, due / 1_000), target - now));
  }
}

const cycle = (day: string, amount: number, tries = 1): Told => ({
  ...{ at: `${day}T10:00:00`, reason: "subscription_cycle", lines: [amount], paid: amount, status: "paid", tries },
});

/**
 * The month to 30 April, 10:00, has 2,592,000 seconds, of which 1,282,969 are left at the upgrade:
 * 2,900 of them are worth 1,435.42 and 9,900 are worth 4,900.23.
 */
const EXPECTED: Told[] = [
  { at: "2026-01-17T10:00:00", reason: "subscription_create", lines: [0], paid: 0, status: "paid", tries: 0 },
  cycle("2026-01-31", 2_900),
  cycle("2026-02-28", 2_900),
  cycle("2026-03-31", 2_900),
  {
    ...{ at: "2026-04-15T13:37:11", reason: "subscription_update", lines: [-1_435, 4_900] },
    ...{ paid: 3_465, status: "paid", tries: 1 },
  },
  cycle("2026-04-30", 9_900),
  cycle("2026-05-31", 9_900),
  cycle("2026-06-30", 9_900, 3),
  ...["2026-07-31", "2026-08-31", "2026-09-30", "2026-10-31", "2026-11-30", "2026-12-31", "2027-01-31"].map((day) =>
    cycle(day, 9_900),
  ),
];

const jump = live(() => 500 * DAY);

test("fourteen months give the invoices that were predicted, to the cent", async () => {
  const { invoices, subscription, events, money, numbers } = await jump;
  expect(invoices).toEqual(EXPECTED);
  expect(money).toEqual([2_900, 2_900, 2_900, 3_465, ...Array(10).fill(9_900)]);
  expect(numbers).toEqual(EXPECTED.map((_, index) => `LIFE-${String(index + 1).padStart(4, "0")}`));
  expect(subscription).toEqual({
    ...{ status: "canceled", ended_at: at("2027-02-28T10:00:00"), canceled_at: at("2027-02-10T00:00:00") },
    period_end: at("2027-02-28T10:00:00"),
  });
  const count = (type: string): number => events.filter((one) => one === type).length;
  expect([count("invoice.payment_failed"), count("invoice.paid"), count("charge.failed")]).toEqual([2, 15, 2]);
  expect(count("customer.subscription.trial_will_end")).toBe(1);
  expect(events.filter((type) => type !== "balance.available").at(-1)).toBe("customer.subscription.deleted");
});

test("one jump, day by day, and hour by hour around each change are the same life", async () => {
  const daily = await live(() => DAY);
  const hourly = await live((now, next) => (next - now < 2 * DAY ? 3_600 : DAY));
  expect(daily).toEqual(await jump);
  expect(hourly).toEqual(await jump);
}, 120_000);
