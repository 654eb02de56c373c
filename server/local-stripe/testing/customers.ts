import type Stripe from "stripe";

type Interval = Stripe.PriceCreateParams.Recurring.Interval;

/** A customer whose default card is the test card of that name. */
export async function customerWith(
  stripe: Stripe,
  card: string,
  more: Stripe.CustomerCreateParams = {},
): Promise<string> {
  const { id } = await stripe.customers.create(more);
  await defaultCard(stripe, id, card);
  return id;
}

/** Gives a customer another default card. */
export async function defaultCard(stripe: Stripe, customer: string, card: string): Promise<string> {
  const method = await stripe.paymentMethods.attach(`pm_card_${card}`, { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
  return method.id;
}

export async function recurringPrice(
  stripe: Stripe,
  unit_amount: number,
  { interval = "month", name = `P${unit_amount}` }: { interval?: Interval; name?: string } = {},
): Promise<string> {
  const recurring = { interval };
  return (await stripe.prices.create({ currency: "usd", unit_amount, recurring, product_data: { name } })).id;
}

export const itemOf = ({ items }: Stripe.Subscription): string => items.data[0]?.id ?? "";
export const seconds = (text: string): number => Date.parse(text) / 1_000;
