import { rmSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { expect, PASSWORD, signIn, test } from "./fixtures";
import { type SecondServer, startSecond } from "./second-server";
import { bank, clickAtRest, typeCard } from "./shop/fixtures";

test.skip(process.env.E2E_URL !== undefined, "needs the built server");

const DATA = ".data/e2e-billing";
const ORIGIN = "http://localhost:3172";

// Their clock is moved, so they have a server of their own.
test.use({ baseURL: ORIGIN });
test.describe.configure({ mode: "serial" });

let second: SecondServer | undefined;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  rmSync(DATA, { recursive: true, force: true });
  second = await startSecond({ PARLEY_MODE: "local", PARLEY_DATA: DATA, PORT: "3172", SEED_DEMO: "false" });
});
test.afterAll(() => second?.stop());

const rooms = (page: Page): Locator => page.getByRole("region", { name: "Rooms", exact: true });
const invoices = (page: Page): Locator => page.getByRole("table", { name: "Invoices" });
const dialog = (page: Page): Locator => page.getByRole("dialog");

/** Business time goes on, for everybody. */
async function go(page: Page, by: string): Promise<void> {
  const answer = await page.request.post("/api/local/time", { data: { by }, headers: { origin: ORIGIN } });
  expect(answer.status(), await answer.text()).toBe(200);
}

async function choose(page: Page, plan: string): Promise<void> {
  await rooms(page).getByRole("button", { name: "Change plan" }).click();
  await dialog(page).getByText(plan, { exact: true }).click();
  await dialog(page).getByRole("button", { name: "See what it costs" }).click();
}

async function payWith(page: Page, number: string, amount: string): Promise<void> {
  const pay = dialog(page).getByRole("button", { name: `Pay ${amount}` });
  await expect(pay).toBeEnabled();
  await typeCard(page, { number });
  await clickAtRest(pay);
}

async function saveCard(page: Page, number: string, name: string): Promise<void> {
  await page.getByRole("button", { name: "Add a card" }).click();
  await expect(dialog(page).getByRole("button", { name: "Save", exact: true })).toBeEnabled();
  await typeCard(page, { number });
  await clickAtRest(dialog(page).getByRole("button", { name: "Save", exact: true }));
  await expect(dialog(page).getByText("Nothing was charged.")).toBeVisible();
  await dialog(page).getByRole("button", { name: "Close" }).click();
  const row = page.getByRole("table", { name: "Saved cards" }).getByRole("row").filter({ hasText: name });
  await row.getByRole("button", { name: "Make default" }).click();
  await expect(row.getByText("Default", { exact: true })).toBeVisible();
}

test("a plan pressed on the price page is paid, grown for just what was shown, shrunk later, left and kept", async ({
  page,
}) => {
  test.setTimeout(480_000);
  const email = `ines-${Date.now().toString(36)}@vale.example`;
  await page.goto("/pricing");
  await page.getByLabel("People in a call").fill("11");
  await page.getByRole("link", { name: "Take Professional" }).first().waitFor();
  await page.getByLabel("People in a call").fill("4");
  await page.getByLabel("Calls a month").fill("10");
  await page.locator("#calculator").getByRole("link", { name: "Take Starter" }).click();
  await page.getByLabel("Name").fill("Ines Vale");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Open the account" }).click();

  // A plan begins with the payment and not before it.
  await page.waitForURL(/\/dashboard\/billing/);
  await dialog(page).getByRole("button", { name: "Go on" }).click();
  await payWith(page, "4242424242424242", "$29.00");
  await expect(dialog(page).getByText("You have Rooms Starter.")).toBeVisible();
  await dialog(page).getByRole("button", { name: "Done" }).click();
  await expect(rooms(page)).toContainText("Active");
  await expect(rooms(page)).toContainText("0 of 5");
  await expect(invoices(page).getByRole("row").nth(1)).toContainText("$29.00");

  // What is shown before the click is what the invoice says.
  await go(page, "10 days");
  await page.goto("/dashboard/billing");
  await choose(page, "Professional");
  const pay = dialog(page).getByRole("button", { name: /^Pay \$[\d.]+ and change$/ });
  const shown = /\$[\d.]+/.exec((await pay.textContent()) ?? "")?.[0] ?? "";
  await expect(dialog(page).getByRole("row").filter({ hasText: "Today" })).toContainText(shown);
  expect(Number(shown.slice(1))).toBeLessThan(70);
  await clickAtRest(pay);
  await expect(dialog(page).getByText("You have Rooms Professional.")).toBeVisible();
  await dialog(page).getByRole("button", { name: "Done" }).click();
  await expect(rooms(page)).toContainText("0 of 25");
  await expect(invoices(page).getByRole("row").nth(1)).toContainText(shown);
  await invoices(page).getByRole("link").first().click();
  await expect(page.getByRole("row").filter({ hasText: "Total" })).toContainText(shown);
  await expect(page.getByText(`${shown} paid.`)).toBeVisible();
  const pdf = await page.request.get((await page.getByRole("link", { name: /^PDF/ }).getAttribute("href")) ?? "");
  expect(pdf.headers()["content-type"]).toBe("application/pdf");

  await page.goto("/dashboard/billing");
  await choose(page, "Starter");
  await expect(dialog(page).getByText("Nothing is charged today.")).toBeVisible();
  await dialog(page).getByRole("button", { name: "Change to Rooms Starter" }).click();
  await expect(dialog(page).getByText("Written down.")).toBeVisible();
  await dialog(page).getByRole("button", { name: "Done" }).click();
  await expect(rooms(page)).toContainText("Rooms Starter begins on");
  await rooms(page).getByRole("button", { name: "Undo" }).click();
  await expect(rooms(page)).not.toContainText("Rooms Starter begins on");

  await rooms(page).getByRole("link", { name: "Cancel this plan" }).click();
  await expect(page.getByText("What is paid is not paid back.")).toBeVisible();
  await page.getByRole("button", { name: /^Cancel on / }).click();
  await expect(rooms(page)).toContainText("Nothing more is charged.");
  await rooms(page).getByRole("button", { name: "Undo" }).click();
  await expect(rooms(page)).toContainText("Renews on");
});

test("a bank that says no makes no plan, and one that says yes does; a card that fails later is put right", async ({
  page,
  somebody,
}) => {
  test.setTimeout(480_000);
  await signIn(page, await somebody(), "/dashboard/billing");
  await rooms(page).getByRole("button", { name: "Take a plan" }).click();
  await dialog(page).getByText("Starter", { exact: true }).click();
  await dialog(page).getByRole("button", { name: "Go on" }).click();
  await payWith(page, "4000002760003184", "$29.00");
  await clickAtRest(bank(page).getByRole("button", { name: "Fail" }));
  await expect(page.getByText("Your bank did not confirm that it was you.")).toBeVisible();
  await expect(page.getByText("You have Rooms Starter.")).toHaveCount(0);

  await clickAtRest(dialog(page).getByRole("button", { name: "Pay $29.00" }));
  await clickAtRest(bank(page).getByRole("button", { name: "Complete" }));
  await expect(dialog(page).getByText("You have Rooms Starter.")).toBeVisible();
  await dialog(page).getByRole("button", { name: "Done" }).click();

  await saveCard(page, "4242424242424242", "Visa ending 4242");
  await go(page, "32 days");
  await expect(invoices(page).getByRole("row")).toHaveCount(3);
  await expect(invoices(page).getByRole("row").nth(1)).toContainText("Paid");
  await expect(rooms(page)).toContainText("Active");

  await saveCard(page, "4000000000000341", "Visa ending 0341");
  await go(page, "31 days");
  await expect(rooms(page)).toContainText("Past due");
  await page.goto("/support");
  await expect(page.getByText("Rooms Starter is not paid.")).toBeVisible();

  await go(page, "8 days");
  await page.goto("/dashboard");
  await expect(page.getByText("Rooms Starter is suspended.")).toBeVisible();
  await page.getByRole("link", { name: "Fix the payment" }).click();
  await expect(page.getByText("$29.00 to pay.")).toBeVisible();

  await page.goto("/dashboard/billing");
  await expect(rooms(page)).toContainText("Suspended");
  await saveCard(page, "5555555555554444", "Mastercard ending 4444");
  await expect(rooms(page)).toContainText("Active");
  await expect(page.getByText("Rooms Starter is suspended.")).toHaveCount(0);
  await expect(invoices(page).getByRole("row").filter({ hasText: "Open" })).toHaveCount(0);
});

test("a plan that is billed by use is there at once, and keeps the card that is given for it", async ({
  page,
  somebody,
}) => {
  test.setTimeout(180_000);
  await signIn(page, await somebody(), "/dashboard/billing");
  const gateway = page.getByRole("region", { name: "API gateway" });
  await gateway.getByRole("button", { name: "Take a plan" }).click();
  await dialog(page).getByRole("button", { name: "Go on" }).click();
  const save = dialog(page).getByRole("button", { name: "Save", exact: true });
  await expect(save).toBeEnabled();
  await typeCard(page, { number: "4242424242424242" });
  await clickAtRest(save);
  await expect(dialog(page).getByText("You have API gateway.")).toBeVisible();
  await dialog(page).getByRole("button", { name: "Done" }).click();
  await expect(gateway).toContainText("Active");
  await expect(page.getByRole("table", { name: "Saved cards" })).toContainText("Visa ending 4242");
});
