import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type Stripe from "stripe";
import { anIntent, bank, clickAtRest, expect, fields, test, typeCard } from "./shop/fixtures";
import type { Shop } from "./shop/shop";

const aPrice = ({ stripe }: Shop) =>
  stripe.prices.create({
    ...{ currency: "usd", unit_amount: 2_900, recurring: { interval: "month" } },
    product_data: { name: "Rooms Professional" },
  });

const aPack: Stripe.Checkout.SessionCreateParams.LineItem = {
  price_data: { currency: "usd", unit_amount: 2_499, product_data: { name: "160 credits" } },
  quantity: 1,
};

const there = ({ url }: Shop) => ({ success_url: `${url}/back?s={CHECKOUT_SESSION_ID}`, cancel_url: `${url}/back` });

const number = (page: Page) => page.getByLabel("Card number");

/** A page in the colours of the reader's machine, on a phone and on a desk, that nothing sticks out of. */
async function expectFit(page: Page): Promise<void> {
  await expect(page.getByRole("note")).toHaveText("Test. No money moves.");
  for (const [width, colorScheme] of [
    [390, "dark"],
    [1_280, "light"],
  ] as const) {
    await page.setViewportSize({ width, height: 820 });
    await page.emulateMedia({ colorScheme });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), page.url()).toBe(true);
    const { violations } = await new AxeBuilder({ page }).disableRules(["region"]).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
  }
}

test("Checkout sells once: declined with the reason beside the field, asked by the bank, paid, and back in the shop", async ({
  page,
  shop,
}) => {
  const session = await shop.stripe.checkout.sessions.create({ mode: "payment", line_items: [aPack], ...there(shop) });
  await page.goto(session.url ?? "");
  await expectFit(page);
  await page.getByLabel("E-mail").fill("noor@vale.example");
  await number(page).fill("4242 4242 4242 4241");
  await page.getByRole("button", { name: "Pay $24.99" }).click();
  await expect(page.getByRole("alert")).toHaveText("Your card number is incorrect. You were not charged.");
  await expect(number(page)).toBeFocused();
  await expect(page.getByLabel("E-mail")).toHaveValue("noor@vale.example");

  await number(page).fill("4000 0000 0000 9995");
  await page.getByRole("button", { name: "Pay $24.99" }).click();
  await expect(page.getByRole("alert")).toContainText("insufficient funds. You were not charged.");
  await number(page).fill("4000 0027 6000 3184");
  await page.getByRole("button", { name: "Pay $24.99" }).click();
  await expect(page.getByText("A shop asks for $24.99")).toBeVisible();
  await expectFit(page);
  await page.getByRole("button", { name: "Complete" }).click();
  await page.waitForURL(`**/back?s=${session.id}`);
  expect(await shop.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
    ...{ payment_status: "paid", customer_details: { email: "noor@vale.example" } },
  });
});

test("Checkout takes a bank debit, which is not paid yet", async ({ page, shop }) => {
  const session = await shop.stripe.checkout.sessions.create({ mode: "payment", line_items: [aPack], ...there(shop) });
  await page.goto(session.url ?? "");
  await page.getByLabel("E-mail").fill("noor@vale.example");
  await expect(page.getByLabel("Routing number")).toBeHidden();
  await page.getByLabel("US bank account").check();
  await expect(number(page)).toBeHidden();
  await page.getByRole("button", { name: "Pay $24.99" }).click();
  await page.waitForURL("**/back?**");
  expect(await shop.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
    status: "complete",
    payment_status: "unpaid",
  });
});

test("Checkout subscribes, and tells of a card that fails after its bank said yes", async ({ page, shop }) => {
  const { id: price } = await aPrice(shop);
  const session = await shop.stripe.checkout.sessions.create({
    ...{ mode: "subscription", line_items: [{ price, quantity: 1 }], ...there(shop) },
  });
  await page.goto(session.url ?? "");
  await expect(page.getByText("$29.00 every month, until cancelled.")).toBeVisible();
  await page.getByLabel("E-mail").fill("noor@vale.example");
  await number(page).fill("4000 0084 0000 1629");
  await page.getByRole("button", { name: "Subscribe" }).click();
  await page.getByRole("button", { name: "Complete" }).click();
  await expect(page.getByRole("alert")).toContainText("You were not charged.");
  await page.getByLabel("E-mail").fill("noor@vale.example");
  await page.getByRole("button", { name: "Subscribe" }).click();
  await page.waitForURL("**/back?**");
  expect(await shop.stripe.checkout.sessions.retrieve(session.id, { expand: ["subscription"] })).toMatchObject({
    subscription: { status: "active" },
  });
});

test("Checkout keeps a card, and starts a trial for which none is needed", async ({ page, shop }) => {
  const customer = await shop.stripe.customers.create({ email: "noor@vale.example" });
  const setup = await shop.stripe.checkout.sessions.create({
    ...{ mode: "setup", currency: "usd", customer: customer.id, ...there(shop) },
  });
  await page.goto(setup.url ?? "");
  await expect(page.getByText("Nothing is charged now.")).toBeVisible();
  await page.getByRole("button", { name: "Save card" }).click();
  await page.waitForURL("**/back?**");
  expect((await shop.stripe.customers.listPaymentMethods(customer.id)).data).toHaveLength(1);

  const { id: price } = await aPrice(shop);
  const trial = await shop.stripe.checkout.sessions.create({
    ...{ mode: "subscription", customer: customer.id, line_items: [{ price, quantity: 1 }], ...there(shop) },
    ...{ subscription_data: { trial_period_days: 7 }, payment_method_collection: "if_required" },
  });
  await page.goto(trial.url ?? "");
  await expect(page.getByText("7 days free. Then $29.00 every month.")).toBeVisible();
  await expect(number(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Start" }).click();
  await page.waitForURL("**/back?**");

  const expired = await shop.stripe.checkout.sessions.create({ mode: "payment", line_items: [aPack], ...there(shop) });
  await shop.stripe.checkout.sessions.expire(expired.id);
  await page.goto(expired.url ?? "");
  await expect(page.getByRole("heading", { name: "This checkout has expired" })).toBeVisible();
});

test("Checkout in a frame is as high as what is in it, and goes back to the shop from there", async ({
  page,
  shop,
  complaints,
}) => {
  const session = await shop.stripe.checkout.sessions.create({
    ...{ mode: "payment", ui_mode: "embedded_page", line_items: [aPack] },
    return_url: `${shop.url}/back?s={CHECKOUT_SESSION_ID}`,
  });
  await page.goto(shop.page({ view: "embedded", clientSecret: session.client_secret ?? "" }));
  const frame = page.frameLocator('iframe[name="embedded-checkout"]');
  await frame.getByLabel("E-mail").fill("noor@vale.example");
  await expect.poll(async () => (await page.locator("iframe").boundingBox())?.height ?? 0).toBeGreaterThan(500);
  await frame.getByLabel("Card number").fill("4000 0027 6000 3184");
  await clickAtRest(frame.getByRole("button", { name: "Pay $24.99" }));
  await clickAtRest(frame.getByRole("button", { name: "Complete" }));
  await page.waitForURL(`**/back?s=${session.id}`);
  expect(complaints).toEqual([]);

  const bare = await fetch(`${shop.stripeUrl}/c/pay/${session.id}`);
  expect(bare.status).toBe(404);
});

test("Checkout out of elements counts a code, refuses a card, and is complete", async ({ page, shop }) => {
  const coupon = await shop.stripe.coupons.create({ percent_off: 50, duration: "once" });
  await shop.stripe.promotionCodes.create({ code: "HALF", promotion: { type: "coupon", coupon: coupon.id } });
  const session = await shop.stripe.checkout.sessions.create({
    ...{ mode: "payment", ui_mode: "elements", line_items: [{ ...aPack, quantity: 2 }] },
    ...{ allow_promotion_codes: true, return_url: `${shop.url}/back` },
  });
  await page.goto(shop.page({ view: "checkout", clientSecret: session.client_secret ?? "" }));
  await expect(page.getByRole("heading", { name: "$49.98" })).toBeVisible();
  await expect(page.getByText("160 credits: $49.98")).toBeVisible();
  await page.getByRole("button", { name: "Wrong code" }).click();
  await expect(page.getByText("This promotion code is invalid.")).toBeVisible();
  await page.getByRole("button", { name: "Right code" }).click();
  await expect(page.getByRole("heading", { name: "$24.99" })).toBeVisible();
  await expect(fields(page).getByLabel("Card number")).toHaveCSS("border-radius", "11px");

  await typeCard(page, { number: "4000000000000002" });
  await clickAtRest(page.getByRole("button", { name: "Pay", exact: true }));
  await expect(page.getByText("Your email is incomplete.")).toBeVisible();
  await page.getByRole("button", { name: "I am Noor" }).click();
  await expect(page.locator("output")).toHaveText("success");
  await clickAtRest(page.getByRole("button", { name: "Pay", exact: true }));
  await expect(page.getByText("Your card was declined.")).toBeVisible();
  await typeCard(page, { number: "4000002760003184" });
  await clickAtRest(page.getByRole("button", { name: "Pay", exact: true }));
  await clickAtRest(bank(page).getByRole("button", { name: "Complete" }));
  await expect(page.getByText("complete", { exact: true })).toBeVisible();
  expect(await shop.stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
    ...{ amount_total: 2_499, payment_status: "paid", customer_details: { email: "noor@vale.example" } },
  });
  expect((await shop.stripe.promotionCodes.list({ code: "HALF" })).data[0]).toMatchObject({ active: true });
});

test("the portal changes the card and the plan, ends the subscription and takes that back", async ({ page, shop }) => {
  const { stripe } = shop;
  const customer = await stripe.customers.create({ name: "Noor Amari" });
  const method = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  const { id: price } = await aPrice(shop);
  const { id } = await stripe.subscriptions.create({
    ...{ customer: customer.id, items: [{ price }], default_payment_method: method.id },
  });
  const more = await stripe.prices.create({
    ...{ currency: "usd", unit_amount: 9_900, recurring: { interval: "month" } },
    product_data: { name: "Rooms Enterprise" },
  });
  await stripe.billingPortal.configurations.create({
    features: {
      subscription_update: {
        ...{ enabled: true, default_allowed_updates: ["price"], proration_behavior: "always_invoice" },
        products: [{ product: String(more.product), prices: [more.id] }],
      },
      ...{ payment_method_update: { enabled: true }, subscription_cancel: { enabled: true } },
      invoice_history: { enabled: true },
    },
  });
  const { url } = await stripe.billingPortal.sessions.create({ customer: customer.id, return_url: `${shop.url}/back` });
  await page.goto(url);
  await expectFit(page);

  await page.getByText("Pay with another card").click();
  await number(page).fill("4000 0000 0000 0002");
  await page.getByRole("button", { name: "Use this card" }).click();
  await expect(page.getByRole("alert")).toHaveText("Your card was declined. The card before it still pays.");
  await number(page).fill("5555 5555 5555 4444");
  await page.getByRole("button", { name: "Use this card" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "mastercard ending in 4444" })).toContainText(
    "Pays from now on",
  );

  await page.getByRole("button", { name: "Cancel at the period's end" }).click();
  await expect(page.getByText("and is not charged again")).toBeVisible();
  expect((await stripe.subscriptions.retrieve(id)).cancel_at).not.toBeNull();
  await page.getByRole("button", { name: "Keep it" }).click();
  await expect(page.getByText("then again")).toBeVisible();
  expect((await stripe.subscriptions.retrieve(id)).cancel_at).toBeNull();
  await page.getByText("Change the plan").click();
  await page.getByRole("button", { name: "Change to it" }).click();
  await expect(page.getByText("Rooms Enterprise $99.00 each month")).toBeVisible();
  expect((await stripe.subscriptions.retrieve(id)).items.data).toMatchObject([{ price: { id: more.id } }]);
  await page.getByRole("link", { name: "Back to the shop" }).click();
  await page.waitForURL("**/back");
});

test("an invoice is read, refused, paid and kept as a file", async ({ page, shop }) => {
  const { stripe } = shop;
  const { id: customer } = await stripe.customers.create({ name: "Noor Amari" });
  await stripe.invoiceItems.create({
    customer,
    amount: 140,
    currency: "usd",
    description: "2 cores and 4 GB for 10 hours",
  });
  const draft = await stripe.invoices.create({
    ...{ customer, pending_invoice_items_behavior: "include", collection_method: "send_invoice", days_until_due: 14 },
  });
  const open = await stripe.invoices.finalizeInvoice(draft.id ?? "");
  await page.goto(open.hosted_invoice_url ?? "");
  await expect(page.getByText("To be paid")).toBeVisible();
  await expectFit(page);
  await number(page).fill("4000 0000 0000 0002");
  await page.getByRole("button", { name: "Pay $1.40" }).click();
  await expect(page.getByRole("alert")).toHaveText("Your card was declined. You were not charged.");
  await number(page).fill("4000 0027 6000 3184");
  await page.getByRole("button", { name: "Pay $1.40" }).click();
  await page.getByRole("button", { name: "Complete" }).click();
  await expect(page.getByText("Paid", { exact: true })).toBeVisible();
  expect((await stripe.invoices.retrieve(draft.id ?? "")).status).toBe("paid");
  const file = await page.request.get(
    (await page.getByRole("link", { name: "Download the PDF" }).getAttribute("href")) ?? "",
  );
  expect((await file.body()).subarray(0, 5).toString()).toBe("%PDF-");
});

test("a provider says where the money goes, once", async ({ page, shop }) => {
  const { stripe } = shop;
  const { id: account } = await stripe.accounts.create({
    ...{ type: "express", email: "dana@vale.example", capabilities: { transfers: { requested: true } } },
  });
  const link = await stripe.accountLinks.create({
    ...{
      account,
      type: "account_onboarding",
      return_url: `${shop.url}/back?in`,
      refresh_url: `${shop.url}/back?again`,
    },
  });
  await page.goto(link.url);
  await expectFit(page);
  await page.getByLabel("000123456789").check();
  await page.getByRole("button", { name: "Agree and finish" }).click();
  await page.waitForURL("**/back?in");
  expect(await stripe.accounts.retrieve(account)).toMatchObject({ capabilities: { transfers: "active" } });
  await page.goto(link.url);
  await expect(page).toHaveURL(/back\?again/);
});

test("a bank that asks on its own page sends the payer back with the answer", async ({ page, shop }) => {
  const asked = await anIntent(shop, {
    ...{ payment_method: "pm_card_threeDSecure2Required", confirm: true, return_url: `${shop.url}/back` },
  });
  const { url = "" } = asked.next_action?.redirect_to_url ?? {};
  await page.goto(url ?? "");
  await page.getByRole("button", { name: "Fail" }).click();
  await page.waitForURL("**/back?**redirect_status=failed");
  expect((await shop.stripe.paymentIntents.retrieve(asked.id)).status).toBe("requires_payment_method");
  await page.goto(url ?? "");
  await expect(page.getByText("answered already")).toBeVisible();
});

test("the desk shows what there is, on a phone too", async ({ page, shop }) => {
  const { id } = await anIntent(shop);
  await page.goto(`${shop.stripeUrl}/_local?key=${shop.key}`);
  await expect(page.getByRole("link", { name: id })).toBeVisible();
  await expectFit(page);
});
