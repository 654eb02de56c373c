import { readFileSync, rmSync } from "node:fs";
import type { APIRequestContext } from "@playwright/test";
import { expect, test } from "./fixtures";
import { type SecondServer, startSecond } from "./second-server";

test.skip(process.env.E2E_URL !== undefined, "needs the built server");

const KEY = { authorization: "Bearer sk_test_local_parley" };
const DATA = ".data/e2e-clock";

let second: SecondServer | undefined;
// The page first: one that is open when its server goes complains.
test.afterEach(async ({ page }) => {
  await page.close();
  await second?.stop();
});

/** A plan by the month at a local Stripe, with a card on file. */
async function subscribe(request: APIRequestContext, stripe: string, name: string): Promise<string> {
  const send = async (path: string, form: Record<string, string>) => {
    const answer = await request.post(`${stripe}/v1/${path}`, { headers: KEY, form });
    expect(answer.status(), await answer.text()).toBe(200);
    return answer.json();
  };
  const customer = await send("customers", { name });
  const method = await send("payment_methods/pm_card_visa/attach", { customer: customer.id });
  const prices = await request.get(`${stripe}/v1/prices?lookup_keys[0]=rooms-starter-month`, { headers: KEY });
  const [price] = (await prices.json()).data;
  const subscription = { customer: customer.id, default_payment_method: method.id, "items[0][price]": price.id };
  return (await send("subscriptions", subscription)).id;
}

test("the clock goes to the next renewal and its invoice, and says before what happens then", async ({
  page,
  request,
}) => {
  test.slow();
  rmSync(DATA, { recursive: true, force: true });
  second = await startSecond({ PARLEY_MODE: "local", PARLEY_DATA: DATA, PORT: "3172", SEED_DEMO: "false" });
  const stripe = /is at (http:\/\/127[\d.:]+)\/_local/.exec(second.greeting)?.[1] ?? "";
  await page.goto("http://localhost:3172/local/time");
  const renewal = page.getByRole("button", { name: "Next renewal" });
  await expect(renewal).toBeDisabled();
  await expect(renewal).toHaveAccessibleDescription("No subscription renews.");
  await expect(page.getByText("No customer has a card on file.")).toBeVisible();

  const id = await subscribe(request, stripe, "Noor");
  await page.reload();
  await expect(renewal).toHaveAccessibleDescription(/UTC Parley Rooms Starter for Noor$/);
  const when = /^.*?UTC/.exec((await renewal.locator("xpath=following-sibling::p").textContent()) ?? "")?.[0] ?? "";
  await renewal.click();
  const shown = page.locator("dl", { hasText: "In Parley it is" });
  await expect(shown).toContainText(when);

  const invoice = page.getByRole("button", { name: "Next invoice" });
  await expect(invoice).toHaveAccessibleDescription(/\$29\.00 of Noor, charged$/);
  await invoice.click();
  await expect(invoice).toHaveAccessibleDescription(/The next invoice of Parley Rooms Starter for Noor$/);
  const invoices = await request.get(`${stripe}/v1/invoices?subscription=${id}`, { headers: KEY });
  expect((await invoices.json()).data.map(({ status }: { status: string }) => status)).toEqual(["paid", "paid"]);
});

test("in production there is no clock and no mailbox to open", async ({ request }) => {
  const origin = "http://localhost:3172";
  const { port, password } = JSON.parse(readFileSync(".data/e2e/postgres/connection.json", "utf8"));
  second = await startSecond({
    ...{ PARLEY_MODE: "production", PORT: "3172", PUBLIC_URL: origin, PARLEY_ROLES: "web" },
    ...{ DATABASE_URL: `postgres://parley:${password}@127.0.0.1:${port}/parley`, SMTP_URL: "smtp://127.0.0.1:9" },
    ...{ JWT_SECRET: "k".repeat(40), NEXTAUTH_SECRET: "n".repeat(40), METRICS_TOKEN: "scrape-scrape-scrape" },
    LOG_FILE: ".data/e2e/production.log",
  });
  expect(second.greeting).not.toContain("/local/");
  for (const path of ["/local/time", "/local/mailbox"]) expect((await request.get(origin + path)).status()).toBe(404);
  const asked = [
    await request.get(`${origin}/api/local/time`),
    await request.post(`${origin}/api/local/time`, { data: { next: "renewal" } }),
  ];
  expect(asked.map((answer) => answer.status())).toEqual([404, 404]);
});
