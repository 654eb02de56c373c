import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { anIntent, answerAfter, bank, clickAtRest, expect, fields, press, test, typeCard } from "./shop/fixtures";
import type { Shop } from "./shop/shop";

/** A page with the Payment Element in StrictMode and a button that confirms. */
async function openElements(page: Page, shop: Shop, more: object = {}) {
  const intent = await anIntent(shop);
  const options = { clientSecret: intent.client_secret ?? "" };
  await page.goto(shop.page({ view: "elements", options, payment: NO_ADDRESS, ...more } as never)); // either view, with what a test adds
  return intent;
}
const NO_ADDRESS = { fields: { billingDetails: { address: "if_required" } } };

const events = (page: Page): Promise<Record<string, unknown>[]> =>
  page.evaluate(() => window.shop.events.map((event) => JSON.parse(event)));

test("takes a card that never reaches the page", async ({ page, shop, complaints }) => {
  const sent: string[] = [];
  page.on("request", (request) => sent.push(`${request.frame() === page.mainFrame()} ${request.postData()}`));
  const { id } = await openElements(page, shop, { payment: {} });
  await typeCard(page, { number: "4242424242424242", zip: "94107" });
  expect(await press(page)).toMatchObject({ paymentIntent: { id, status: "succeeded" } });

  const [charge] = (await shop.stripe.charges.list({ payment_intent: id })).data;
  expect(charge).toMatchObject({ paid: true, billing_details: { address: { country: "US", postal_code: "94107" } } });
  expect(sent.filter((one) => one.includes("4242"))).toEqual([expect.stringMatching(/^false /)]);
  expect(await page.content()).not.toContain("4242");
  expect(complaints).toEqual([]);
});

test("tells the page when it is ready, what it holds, and where the reader is", async ({ page, shop }) => {
  await openElements(page, shop);
  await typeCard(page, { number: "4242424242424242" });
  await fields(page).getByLabel("Security code").press("Escape");
  await page.getByRole("button", { name: "Pay", exact: true }).focus();
  await expect.poll(() => events(page)).toContainEqual({ elementType: "payment" });
  const heard = await events(page);
  expect(heard[0]).toEqual({ ready: true });
  expect(heard).toContainEqual({ escape: true });
  const changes = heard.filter((event) => "complete" in event);
  expect(changes[0]).toMatchObject({ elementType: "payment", empty: false, complete: false, value: { type: "card" } });
  expect(changes.at(-1)).toMatchObject({ complete: true, collapsed: false });
  expect(await page.evaluate(() => (window as unknown as { Stripe: { version: string } }).Stripe.version)).toBe(
    "endive",
  );
});

const DECLINES = [
  ["4000000000000002", "card_declined", "generic_decline"],
  ["4000000000009995", "card_declined", "insufficient_funds"],
  ["4000000000009987", "card_declined", "lost_card"],
  ["4000000000009979", "card_declined", "stolen_card"],
  ["4000000000006975", "card_declined", "card_velocity_exceeded"],
  ["4100000000000019", "card_declined", "fraudulent"],
  ["4000000000000341", "card_declined", "generic_decline"],
  ["4000000000000069", "expired_card", "expired_card"],
  ["4000000000000127", "incorrect_cvc", "incorrect_cvc"],
  ["4000000000000119", "processing_error", "processing_error"],
  ["4111111111111111", "card_declined", "test_mode_live_card"],
] as const;

test("every card that is declined says why, and the same payment then takes a good one", async ({ page, shop }) => {
  test.setTimeout(60_000);
  const { id } = await openElements(page, shop);
  for (const [number, code, decline_code] of DECLINES) {
    await typeCard(page, { number });
    const { error } = await press(page);
    expect(error, number).toMatchObject({ type: "card_error", code, decline_code });
    expect(error?.payment_intent ?? {}, number).not.toHaveProperty("metadata");
  }
  for (const number of ["378282246310005"]) {
    await typeCard(page, { number, cvc: "1234" });
    expect(await press(page)).toMatchObject({ paymentIntent: { id, status: "succeeded" } });
  }
});

const WRONG = [
  [{ number: "4242 4242 4242 4241" }, "invalid_number", "Your card number is invalid."],
  [{ number: "4242 4242" }, "incomplete_number", "Your card number is incomplete."],
  [
    { number: "4242424242424242", expiry: "12 / 20" },
    "invalid_expiry_year_past",
    "Your card's expiration year is in the past.",
  ],
  [{ number: "4242424242424242", expiry: "1" }, "incomplete_expiry", "Your card's expiration date is incomplete."],
  [{ number: "4242424242424242", cvc: "12" }, "incomplete_cvc", "Your card's security code is incomplete."],
] as const;

test("a field that is wrong says so in Stripe's words, and the reader is taken there", async ({ page, shop }) => {
  test.setTimeout(60_000);
  await openElements(page, shop);
  for (const [card, code, message] of WRONG) {
    await typeCard(page, card);
    expect(await press(page)).toEqual({ error: { type: "validation_error", code, message } });
    const alert = fields(page).getByRole("alert").filter({ hasText: message });
    await expect(alert).toBeVisible();
    await expect(fields(page).locator("input:focus")).toHaveAttribute("aria-invalid", "true");
  }
  expect(
    (await shop.stripe.charges.list({ limit: 1, created: { gte: Math.floor(Date.now() / 1_000) + 60 } })).data,
  ).toEqual([]);
});

const ASKED = [
  ["4000002760003184", "succeeded"],
  ["4000002500003155", "succeeded"],
  ["4000000000003220", "succeeded"],
  ["4000003800000446", "succeeded"],
  ["4000008400001629", "card_declined"],
] as const;

test("every card whose bank asks does so over the page, and pays or is declined after", async ({ page, shop }) => {
  test.setTimeout(60_000);
  for (const [number, ending] of ASKED) {
    await openElements(page, shop);
    await typeCard(page, { number });
    await clickAtRest(page.getByRole("button", { name: "Pay", exact: true }));
    await expect(page.getByRole("dialog", { name: "Your bank asks" }), number).toBeVisible();
    await clickAtRest(bank(page).getByRole("button", { name: "Complete" }));
    const result = await answerAfter(page, 0);
    expect(result.paymentIntent?.status ?? result.error?.code, number).toBe(ending);
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
});

test("a bank's question that is failed, closed or escaped pays nothing, and the next answer does", async ({
  page,
  shop,
}) => {
  const { id } = await openElements(page, shop);
  const leave = [
    () => clickAtRest(bank(page).getByRole("button", { name: "Fail" })),
    () => page.getByRole("button", { name: "Close" }).click(),
    () => page.keyboard.press("Escape"),
    () => bank(page).getByRole("button", { name: "Fail" }).dispatchEvent("keydown", { key: "Escape" }),
  ];
  for (const [count, answer] of leave.entries()) {
    await typeCard(page, { number: "4000002760003184" });
    await clickAtRest(page.getByRole("button", { name: "Pay", exact: true }));
    await expect(bank(page).getByRole("button", { name: "Complete" })).toBeVisible();
    await answer();
    expect(await answerAfter(page, count)).toMatchObject({
      error: { code: "payment_intent_authentication_failure", payment_intent: { status: "requires_payment_method" } },
    });
  }
  await clickAtRest(page.getByRole("button", { name: "Pay", exact: true }));
  await clickAtRest(bank(page).getByRole("button", { name: "Complete" }));
  expect(await answerAfter(page, leave.length)).toMatchObject({ paymentIntent: { id, status: "succeeded" } });
  expect((await shop.stripe.charges.list({ payment_intent: id })).data).toHaveLength(1);
});

test("saves a card by setup, with its bank's word, and charges it later with nobody there", async ({ page, shop }) => {
  const customer = await shop.stripe.customers.create();
  const setup = await shop.stripe.setupIntents.create({
    customer: customer.id,
    automatic_payment_methods: { enabled: true },
  });
  await openElements(page, shop, { options: { clientSecret: setup.client_secret ?? "" }, confirm: "setup" });
  await typeCard(page, { number: "4000002500003155" });
  await expect(fields(page).getByText("charge this card for future payments")).toBeVisible();
  await clickAtRest(page.getByRole("button", { name: "Pay", exact: true }));
  await clickAtRest(bank(page).getByRole("button", { name: "Complete" }));
  expect(await answerAfter(page, 0)).toMatchObject({ setupIntent: { id: setup.id, status: "succeeded" } });

  const [method] = (await shop.stripe.customers.listPaymentMethods(customer.id)).data;
  const later = await anIntent(shop, {
    ...{ customer: customer.id, payment_method: method?.id, confirm: true, off_session: true },
  });
  expect(later.status).toBe("succeeded");
});

test("a bank debit is promised now and comes later", async ({ page, shop }) => {
  const { id } = await openElements(page, shop);
  await clickAtRest(fields(page).getByRole("tab", { name: "US bank account" }));
  expect(await press(page)).toMatchObject({ error: { code: "incomplete_name" } });
  await fields(page).getByLabel("Full name").fill("Robin Vale");
  await fields(page).getByLabel("Email").fill("robin@vale.example");
  await fields(page).getByLabel("Routing number").fill("110000000");
  await fields(page).getByLabel("Account number").fill("000123456789");
  expect(await press(page)).toMatchObject({ paymentIntent: { id, status: "processing" } });
  expect(await shop.stripe.paymentIntents.retrieve(id, { expand: ["latest_charge"] })).toMatchObject({
    latest_charge: { status: "pending", billing_details: { email: "robin@vale.example" } },
  });
});

test("leaves for the shop's own address by default, with what happened in it", async ({ page, shop }) => {
  const { id, client_secret } = await openElements(page, shop, { redirect: "always" });
  await typeCard(page, { number: "4242424242424242" });
  await clickAtRest(page.getByRole("button", { name: "Pay", exact: true }));
  await page.waitForURL("**/back?**");
  const query = new URL(page.url()).searchParams;
  expect(Object.fromEntries(query)).toEqual({
    ...{ payment_intent: id, payment_intent_client_secret: client_secret, redirect_status: "succeeded" },
  });
});

test("looks like the page: variables, rules and type reach the frame, and change with it", async ({ page, shop }) => {
  const { client_secret } = await anIntent(shop);
  const appearance = {
    theme: "night" as const,
    variables: { colorPrimary: "#ff0000", borderRadius: "13px", fontSizeBase: "19px" },
    rules: { ".Label": { fontWeight: "700", backgroundImage: "url(http://localhost/steal)" } },
  };
  await openElements(page, shop, { options: { clientSecret: client_secret, appearance } });
  const input = fields(page).getByLabel("Card number");
  await expect(input).toHaveCSS("border-radius", "13px");
  await expect(input).toHaveCSS("font-size", "19px");
  const label = fields(page).getByText("Card number");
  await expect(label).toHaveCSS("font-weight", "700");
  await expect(label).toHaveCSS("background-image", "none");
  await input.fill("4242");
  await page.evaluate(() => window.shop.elements?.update({ appearance: { variables: { borderRadius: "2px" } } }));
  await expect(input).toHaveCSS("border-radius", "2px");
  await expect(input).toHaveValue("4242");
});

test("comes back empty after it was taken away, and pays", async ({ page, shop }) => {
  const { id } = await openElements(page, shop);
  await typeCard(page, { number: "4000000000000002" });
  await page.getByRole("button", { name: "Take away" }).click();
  await expect(page.locator("iframe")).toHaveCount(0);
  await page.getByRole("button", { name: "Bring back" }).click();
  await expect(fields(page).getByLabel("Card number")).toHaveValue("");
  await typeCard(page, { number: "5555555555554444" });
  expect(await press(page)).toMatchObject({ paymentIntent: { id, status: "succeeded" } });
});

test("takes the payer's address and e-mail from their own elements, and has no wallet to offer", async ({
  page,
  shop,
}) => {
  const { id } = await openElements(page, shop, { with: ["express", "email", "address"] });
  const address = page.frameLocator('iframe[title="Secure address input frame"]');
  await page.frameLocator('iframe[title="Secure email input frame"]').getByLabel("Email").fill("noor@vale.example");
  await address.getByLabel("Full name").fill("Noor Amari");
  await address.getByLabel("Country or region").selectOption("DE");
  await expect(address.getByLabel("State")).toHaveCount(0);
  await address.getByLabel("Address line 1").fill("Lange Straße 5");
  await address.getByLabel("City").fill("Kiel");
  await typeCard(page, { number: "4242424242424242" });
  expect(await press(page)).toMatchObject({ error: { code: "incomplete_zip" } });
  await address.getByLabel("Postal code").fill("24103");
  expect(await press(page)).toMatchObject({ paymentIntent: { status: "succeeded" } });

  const [charge] = (await shop.stripe.charges.list({ payment_intent: id })).data;
  expect(charge?.billing_details).toMatchObject({
    ...{ name: "Noor Amari", email: "noor@vale.example" },
    address: { line1: "Lange Straße 5", city: "Kiel", postal_code: "24103", country: "DE" },
  });
  expect(await events(page)).toContainEqual({ elementType: "expressCheckout" });
});

test("shows what it will take before there is an intent, and a token stands for what was typed", async ({
  page,
  shop,
}) => {
  const options = { mode: "payment", amount: 900, currency: "usd" };
  await openElements(page, shop, { options, confirm: "token" });
  await typeCard(page, { number: "4242424242424242" });
  const { confirmationToken } = await press(page);
  const intent = await anIntent(shop, {
    ...{ amount: 900, confirm: true, confirmation_token: confirmationToken?.id, return_url: `${shop.url}/back` },
  });
  expect(intent.status).toBe("succeeded");
});

test("a payment made late is confirmed with its own secret", async ({ page, shop }) => {
  const { id, client_secret } = await anIntent(shop, { amount: 900 });
  const options = { mode: "payment", amount: 900, currency: "usd", allowedPaymentMethodTypes: ["card"] };
  await openElements(page, shop, { options, clientSecret: client_secret });
  await expect(fields(page).getByLabel("Card number")).toBeVisible();
  await expect(fields(page).getByRole("tab")).toHaveCount(0);
  await typeCard(page, { number: "4242424242424242" });
  expect(await press(page)).toMatchObject({ paymentIntent: { id, status: "succeeded" } });
});

test("says that it cannot load where the payment is over or is not there", async ({ page, shop }) => {
  const paid = await anIntent(shop, { payment_method: "pm_card_visa", confirm: true, return_url: `${shop.url}/back` });
  const secrets = [paid.client_secret, "pi_nobody_secret_nothing"];
  const codes = ["payment_intent_unexpected_state", "resource_missing"];
  for (const [index, clientSecret] of secrets.entries()) {
    await openElements(page, shop, { options: { clientSecret } });
    await expect
      .poll(() => events(page))
      .toContainEqual(
        expect.objectContaining({ elementType: "payment", error: expect.objectContaining({ code: codes[index] }) }),
      );
    await expect(page.locator("iframe")).toHaveCount(0);
  }
});

test("a mistake of the page's author is thrown, and what a payment says never is", async ({ page, shop }) => {
  const { client_secret } = await openElements(page, shop);
  await expect(fields(page).getByLabel("Card number")).toBeVisible();
  const thrown = await page.evaluate(async () => {
    const { stripe, elements } = window.shop;
    const mistakes = [
      () => stripe?.elements({ paymentMethodTypes: ["card"] } as never),
      () => stripe?.elements({ clientSecret: "nonsense" }),
      () => elements?.create("payment"),
      () => elements?.create("iban" as never),
      () => stripe?.confirmPayment({ elements, redirect: "always" } as never),
      () => (window as unknown as { Stripe(key: string): void }).Stripe("sk_test_local_x"),
    ];
    const names: string[] = [];
    for (const mistake of mistakes)
      await Promise.resolve()
        .then(mistake)
        .then(
          () => names.push("nothing"),
          (error: Error) => names.push(error.name),
        );
    return names;
  });
  expect(thrown).toEqual(Array(6).fill("IntegrationError"));

  const gone = await page.evaluate(() =>
    ["redirectToCheckout", "createSource", "handleCardPayment", "confirmPaymentIntent", "initCheckout"].filter(
      (name) => name in (window.shop.stripe ?? {}),
    ),
  );
  expect(gone).toEqual([]);
  const read = await page.evaluate((secret) => window.shop.stripe?.retrievePaymentIntent(secret ?? ""), client_secret);
  expect(read?.paymentIntent).not.toHaveProperty("customer");
  expect(read?.paymentIntent?.status).toBe("requires_payment_method");
});

test("a server's open question is answered in the page by handleNextAction", async ({ page, shop }) => {
  await openElements(page, shop);
  const asked = await anIntent(shop, {
    ...{ payment_method: "pm_card_threeDSecure2Required", confirm: true },
    ...{ automatic_payment_methods: { enabled: true, allow_redirects: "never" } },
  });
  expect(asked.status).toBe("requires_action");
  const answer = page.evaluate(
    (clientSecret) => window.shop.stripe?.handleNextAction({ clientSecret: clientSecret ?? "" }),
    asked.client_secret,
  );
  await clickAtRest(bank(page).getByRole("button", { name: "Complete" }));
  expect((await answer)?.paymentIntent?.status).toBe("succeeded");
});

test("the older card elements share one card between three frames", async ({ page, shop }) => {
  const { client_secret, id } = await openElements(page, shop);
  await page.getByRole("button", { name: "Take away" }).click();
  await page.evaluate(() => {
    const elements = window.shop.stripe?.elements();
    for (const kind of ["cardNumber", "cardExpiry", "cardCvc"] as const) {
      const place = document.body.appendChild(document.createElement("div"));
      elements?.create(kind as "cardNumber").mount(place);
    }
    window.shop.elements = elements ?? null;
  });
  await page.frameLocator('iframe[title="Secure card number input frame"]').locator("input").fill("4242424242424242");
  await page.frameLocator('iframe[title="Secure expiration date input frame"]').locator("input").fill("1234");
  await page.frameLocator('iframe[title="Secure CVC input frame"]').locator("input").fill("123");
  const result = await page.evaluate(async (secret) => {
    const card = window.shop.elements?.getElement("cardNumber");
    return window.shop.stripe?.confirmCardPayment(secret ?? "", { payment_method: { card: card ?? { token: "" } } });
  }, client_secret);
  expect(result).toMatchObject({ paymentIntent: { id, status: "succeeded" } });
});

const OF_WHOLE_PAGES = ["landmark-one-main", "page-has-heading-one", "region"];

test("breaks no rule of accessibility, in its tabs and as an accordion", async ({ page, shop }) => {
  for (const layout of ["tabs", "accordion"]) {
    await openElements(page, shop, { payment: { layout } });
    await expect(fields(page).getByLabel("Card number")).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include("iframe").disableRules(OF_WHOLE_PAGES).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
  }
  await fields(page).getByRole("radio", { name: "US bank account" }).check();
  await expect(fields(page).getByLabel("Routing number")).toBeVisible();
  await expect(fields(page).getByLabel("Card number")).toBeHidden();
});
