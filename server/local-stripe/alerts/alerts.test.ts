import { afterAll, beforeAll, expect, test } from "vitest";
import { aLocalStripe, type TestHouse } from "../testing/house";

let house: TestHouse;
beforeAll(async () => {
  house = await aLocalStripe();
});
afterAll(() => house.stop());

async function aMeter(event_name: string) {
  const { stripe } = house;
  const meter = await stripe.billing.meters.create({
    ...{ display_name: "Calls", event_name, default_aggregation: { formula: "sum" } },
  });
  const use = (customer: string, value: number) =>
    stripe.billing.meterEvents.create({ event_name, payload: { stripe_customer_id: customer, value: String(value) } });
  const alert = (gte: number, customer?: string) =>
    stripe.billing.alerts.create({
      ...{ title: `${gte} calls`, alert_type: "usage_threshold" },
      usage_threshold: {
        ...{ meter: meter.id, gte, recurrence: "one_time" },
        ...(customer !== undefined && { filters: [{ type: "customer", customer }] }),
      },
    });
  return { meter: meter.id, use, alert };
}
const aCustomer = async () => (await house.stripe.customers.create()).id;
const told = async () =>
  (await house.stripe.events.list({ type: "billing.alert.triggered", limit: 100 })).data.map(({ data }) => {
    const { customer, value, alert } = data.object as { customer: string; value: number; alert: { id: string } }; // what this event carries
    return [alert.id, customer, value];
  });

test("tells once of each customer who has used that much, some minutes later", async () => {
  const { use, alert } = await aMeter("alerted");
  const [ada, bob] = [await aCustomer(), await aCustomer()];
  await use(ada, 50);
  await house.advance(1);
  const [all, one] = [await alert(100), await alert(10, bob)];
  await use(ada, 99);
  await use(bob, 9);
  await house.advance(300);
  // What was used before the alert was made does not count.
  expect(await told()).toEqual([]);
  await use(ada, 1);
  await use(bob, 1);
  expect(await told()).toEqual([]);
  await house.advance(300);
  expect(await told()).toEqual([
    [one.id, bob, 10],
    [all.id, ada, 100],
  ]);
  await use(ada, 500);
  await house.advance(300);
  expect(await told()).toHaveLength(2);
  await house.events();
});

test("is silent while it is switched off, and archived for good", async () => {
  const { stripe } = house;
  const { meter, use, alert } = await aMeter("silent");
  const [customer, { id }] = [await aCustomer(), await alert(10)];
  const before = (await told()).length;
  expect(await stripe.billing.alerts.deactivate(id)).toMatchObject({ status: "inactive" });
  await use(customer, 10);
  await house.advance(300);
  expect(await told()).toHaveLength(before);
  expect(await stripe.billing.alerts.activate(id)).toMatchObject({ status: "active" });
  await house.advance(300);
  expect(await told()).toHaveLength(before + 1);
  await expect(stripe.billing.alerts.activate(id)).rejects.toMatchObject({ statusCode: 400 });
  expect(await stripe.billing.alerts.archive(id)).toMatchObject({ status: "archived" });
  await expect(stripe.billing.alerts.activate(id)).rejects.toMatchObject({ statusCode: 400 });
  expect((await stripe.billing.alerts.list({ meter })).data.map((one) => one.id)).toEqual([id]);
  expect(await stripe.billing.alerts.retrieve(id)).toMatchObject({ usage_threshold: { gte: 10, meter } });
});

test("refuses an alert on nothing, for nobody, or at nothing", async () => {
  const { stripe } = house;
  const { meter, alert } = await aMeter("refused");
  await expect(alert(0)).rejects.toMatchObject({ param: "usage_threshold[gte]" });
  await expect(alert(1, "cus_none")).rejects.toMatchObject({ code: "resource_missing" });
  const threshold = { meter: "mtr_none", gte: 1, recurrence: "one_time" as const };
  await expect(
    stripe.billing.alerts.create({ title: "A", alert_type: "usage_threshold", usage_threshold: threshold }),
  ).rejects.toMatchObject({ code: "resource_missing", param: "usage_threshold[meter]" });
  expect((await stripe.billing.alerts.list({ meter })).data).toEqual([]);
});
