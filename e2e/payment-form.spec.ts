import AxeBuilder from "@axe-core/playwright";
import type { Page, Route } from "@playwright/test";
import { anIntent, bank, clickAtRest, expect, fields, test, typeCard } from "./shop/fixtures";
import type { Shop } from "./shop/shop";

const PAY = "Pay $24.99";

async function openForm(page: Page, shop: Shop, more: { theme?: "light" | "dark" } = {}) {
  const intent = await anIntent(shop);
  await page.goto(shop.page({ view: "pay", clientSecret: intent.client_secret ?? "", ...more }));
  await expect(page.getByRole("button", { name: PAY })).toBeEnabled();
  return intent;
}

const pay = (page: Page) => clickAtRest(page.getByRole("button", { name: PAY }));

test("is declined in plain words, tried again, asked by the bank, and paid once", async ({
  page,
  shop,
  complaints,
}) => {
  const { id } = await openForm(page, shop);
  await typeCard(page, { number: "4000000000009995" });
  await pay(page);
  const notice = page.getByRole("status").filter({ hasText: "There is too little money on this card." });
  await expect(notice).toContainText("You were not charged.");

  await typeCard(page, { number: "4000002760003184" });
  await pay(page);
  await expect(bank(page).getByRole("button", { name: "Fail" })).toBeVisible();
  // Everything outside the bank's question is out of reach, so the button has no role just now.
  await expect(page.locator("button[type=submit]")).toHaveAttribute("aria-disabled", "true");
  await clickAtRest(bank(page).getByRole("button", { name: "Fail" }));
  await expect(page.getByText("Your bank did not confirm that it was you.")).toBeVisible();
  await expect(page.getByText("too little money")).toHaveCount(0);

  await pay(page);
  await clickAtRest(bank(page).getByRole("button", { name: "Complete" }));
  await expect(page.getByText("$24.99 paid.")).toBeVisible();
  await expect(page.locator("iframe")).toHaveCount(0);
  expect(await page.evaluate(() => window.shop.events)).toEqual([JSON.stringify({ state: "succeeded", intentId: id })]);
  const charges = (await shop.stripe.charges.list({ payment_intent: id })).data;
  expect(charges.filter(({ paid }) => paid)).toHaveLength(1);
  expect(complaints).toEqual([]);
});

test("takes the reader to what is wrong, by keyboard alone", async ({ page, shop }) => {
  await openForm(page, shop);
  await page.getByRole("button", { name: PAY }).focus();
  await page.keyboard.press("Enter");
  await expect(fields(page).getByLabel("Card number")).toBeFocused();
  await expect(fields(page).getByRole("alert").filter({ hasText: "number is incomplete" })).toBeVisible();

  await page.keyboard.type("4000000000000127");
  await expect(fields(page).getByLabel("Expiration date")).toBeFocused();
  await page.keyboard.type("1234");
  await expect(fields(page).getByLabel("Security code")).toBeFocused();
  await page.keyboard.type("999");
  await page.getByRole("button", { name: PAY }).press("Enter");
  await expect(page.getByText("The security code is wrong.")).toBeVisible();
  await expect(fields(page).locator("input:focus")).toHaveCount(1);
});

test("a bank debit is on its way, and nobody is told that it arrived", async ({ page, shop }) => {
  await openForm(page, shop);
  await clickAtRest(fields(page).getByRole("tab", { name: "US bank account" }));
  await clickAtRest(fields(page).getByRole("button", { name: "Fill in a test account that pays" }));
  await pay(page);
  await expect(page.getByText("$24.99 on its way.")).toBeVisible();
  await expect(page.getByText("paid")).toHaveCount(0);
});

test("saves a card and says that nothing was charged", async ({ page, shop }) => {
  const customer = await shop.stripe.customers.create();
  const setup = await shop.stripe.setupIntents.create({
    customer: customer.id,
    automatic_payment_methods: { enabled: true },
  });
  await page.goto(shop.page({ view: "save", clientSecret: setup.client_secret ?? "" }));
  await typeCard(page, { number: "4000000000000002" });
  await clickAtRest(page.getByRole("button", { name: "Save" }));
  await expect(page.getByText("Nothing was saved. Use another card")).toBeVisible();
  await typeCard(page, { number: "4000000000000341" });
  await clickAtRest(page.getByRole("button", { name: "Save" }));
  await expect(page.getByText("Nothing was charged.")).toBeVisible();
  expect((await shop.stripe.customers.listPaymentMethods(customer.id)).data).toHaveLength(1);
});

test("a payment that a saved card began waits for its bank, and a no is told", async ({ page, shop }) => {
  const began = () =>
    anIntent(shop, {
      ...{ payment_method: "pm_card_threeDSecure2Required", confirm: true },
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    });
  for (const [answer, words] of [
    ["Fail", "Your bank did not confirm that it was you."],
    ["Complete", "$24.99 paid."],
  ] as const) {
    const { client_secret } = await began();
    await page.goto(shop.page({ view: "bank", clientSecret: client_secret ?? "" }));
    await page.getByRole("button", { name: "Confirm it" }).click();
    await clickAtRest(bank(page).getByRole("button", { name: answer }));
    await expect(page.getByText(words)).toBeVisible();
    await expect(page.getByRole("button", { name: "Confirm it" })).toHaveCount(0);
  }
});

test("the type of our pages may be used by the frame", async ({ page }) => {
  const html = await (await page.request.get("/login", { headers: { accept: "text/html" } })).text();
  const [font = ""] = /\/_next\/static\/media\/[\w.-]+\.woff2/.exec(html) ?? [];
  const answer = await page.request.get(font);
  expect(answer.headers()["access-control-allow-origin"]).toBe("*");
  expect((await page.request.get("/login")).headers()["access-control-allow-origin"]).toBeUndefined();
});

test("an answer that was lost on the way is found again, and paid once", async ({ page, shop, complaints }) => {
  const { id } = await openForm(page, shop);
  await typeCard(page, { number: "4242424242424242" });
  const breakLine = async (route: Route) => {
    await route.fetch();
    await route.abort("connectionreset");
  };
  await page.route("**/confirm", breakLine, { times: 1 });
  await pay(page);
  await expect(page.getByText("It is not known yet whether you were charged.")).toBeVisible();
  await pay(page);
  await expect(page.getByText("$24.99 paid.")).toBeVisible();
  expect((await shop.stripe.charges.list({ payment_intent: id })).data).toHaveLength(1);
  complaints.length = 0; // the browser writes a line about the connection that broke
});

test("says so where the script is held back, and loads it at the second try", async ({ page, shop, complaints }) => {
  const { client_secret } = await anIntent(shop);
  await page.route("**/endive/stripe.js", (route) => route.abort(), { times: 1 });
  await page.goto(shop.page({ view: "pay", clientSecret: client_secret ?? "" }));
  await expect(page.getByText("The payment form did not load.")).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("button", { name: PAY })).toBeEnabled();
  complaints.length = 0; // the browser writes a line about the script that did not come
});

test("a payment that is over offers nothing to fill in", async ({ page, shop }) => {
  const paid = await anIntent(shop, { payment_method: "pm_card_visa", confirm: true, return_url: `${shop.url}/back` });
  await page.goto(shop.page({ view: "pay", clientSecret: paid.client_secret ?? "" }));
  await expect(page.getByText("This payment has ended already.")).toBeVisible();
  await expect(page.getByRole("button", { name: PAY })).toHaveCount(0);
});

for (const theme of ["light", "dark"] as const) {
  test.describe(theme, () => {
    test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: theme });

    test(`has the colours and the type of a ${theme} page, and room for a thumb`, async ({ page, shop }) => {
      await openForm(page, shop, { theme });
      const input = fields(page).getByLabel("Card number");
      const raised = await page.evaluate(() => {
        const box = document.body.appendChild(document.createElement("div"));
        box.style.color = "rgb(from var(--paper-raised) r g b)";
        const canvas = document.createElement("canvas").getContext("2d");
        if (!canvas) return "";
        canvas.fillStyle = getComputedStyle(box).color;
        canvas.fillRect(0, 0, 1, 1);
        return `rgb(${[...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).join(", ")})`;
      });
      await expect(input).toHaveCSS("background-color", raised);
      await expect(fields(page).locator("html")).toHaveCSS("color-scheme", theme);
      await expect(input).toHaveCSS("font-family", /^"?Shop Sans"?/);
      expect(
        await input.evaluate(() => document.fonts.ready.then(() => document.fonts.check('16px "Shop Sans"'))),
      ).toBe(true);
      const targets = [input, page.getByRole("button", { name: PAY }), fields(page).getByRole("tab").first()];
      for (const target of targets) expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(44);
      const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(isWide).toBe(false);
      await expectAccessible(page);
    });
  });
}

/** A frame lets the page's colour through, which is not known to whoever judges contrast inside it. */
const IN_FRAMES = ["color-contrast", "landmark-one-main", "page-has-heading-one", "region"];

async function expectAccessible(page: Page): Promise<void> {
  const [around, inside] = [
    await new AxeBuilder({ page }).exclude("iframe").analyze(),
    await new AxeBuilder({ page }).include("iframe").disableRules(IN_FRAMES).analyze(),
  ];
  const wrong = [...around.violations, ...inside.violations];
  expect(wrong.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
}
