import type { Page } from "@playwright/test";
import { brokenRules, expect, expectMail, runBeside, type Somebody, signIn, test } from "./fixtures";
import { bank, clickAtRest, typeCard } from "./shop/fixtures";

const balance = (page: Page) => page.getByRole("region", { name: "Balance" });
const dialog = (page: Page) => page.getByRole("dialog");
const question = (page: Page) => page.getByRole("alertdialog");

async function begin(page: Page, somebody: Somebody): Promise<void> {
  await signIn(page, somebody, "/wallet");
  await expect(page.getByText("Nothing moved yet.")).toBeVisible();
}

async function addMoney(page: Page, card: string): Promise<void> {
  await page.getByRole("button", { name: "Add money" }).first().click();
  await page.getByText("$25", { exact: true }).click();
  await page.getByRole("button", { name: "Go on to pay" }).click();
  await expect(page.getByRole("button", { name: "Pay $25.00" })).toBeEnabled();
  await typeCard(page, { number: card });
  await clickAtRest(page.getByRole("button", { name: "Pay $25.00" }));
}

async function saveCard(page: Page, { number, asks = false }: { number: string; asks?: boolean }): Promise<void> {
  await page.getByRole("button", { name: "Add a card" }).last().click();
  await expect(dialog(page).getByRole("button", { name: "Save", exact: true })).toBeEnabled();
  await typeCard(page, { number });
  await clickAtRest(dialog(page).getByRole("button", { name: "Save", exact: true }));
  if (asks) await clickAtRest(bank(page).getByRole("button", { name: "Complete" }));
  await expect(page.getByText("Nothing was charged.")).toBeVisible();
  await dialog(page).getByRole("button", { name: "Close" }).click();
}

test("a wallet that cannot fill itself says why, and what to do: no card, a refusal, a month that is used up", async ({
  page,
  somebody,
}) => {
  test.setTimeout(150_000);
  const who = await somebody();
  await begin(page, who);
  await page.getByRole("button", { name: "Turn it on" }).click();
  await expect(page.getByText("There is no card to charge.")).toBeVisible();
  await expect(page.getByText("Paused", { exact: true })).toBeVisible();
  expect(await brokenRules(page)).toEqual([]);

  // It is kept, and every charge of it is refused.
  await saveCard(page, { number: "4000000000000341" });
  await expect(page.getByText("Your card was declined.")).toBeVisible();
  await expectMail(page, who.email, "$25.00 was not added to your wallet");

  await page.getByRole("button", { name: "Remove Visa ending 0341" }).click();
  await expect(question(page)).toContainText("never charged again");
  await question(page).getByRole("button", { name: "Remove card" }).click();
  await expect(page.getByText("Visa ending 0341 is removed", { exact: true })).toBeVisible();
  await expect(page.getByText("None yet.")).toBeVisible();

  await saveCard(page, { number: "4242424242424242" });
  await expect(balance(page)).toContainText("$25.00");
  await expect(page.getByText("On", { exact: true })).toBeVisible();
  await page.getByLabel("Below a balance of").fill("40");
  await page.getByLabel("In a month at most").fill("30");
  await clickAtRest(page.getByRole("button", { name: "Save", exact: true }));
  await expect(page.getByText("$25.00 of $30.00 are used this month.")).toBeVisible();
});

test("a filling that the bank wants to see its owner for waits for them, and goes through", async ({
  page,
  somebody,
}) => {
  test.setTimeout(150_000);
  await begin(page, await somebody());
  await saveCard(page, { number: "4000002760003184", asks: true });
  await page.getByRole("button", { name: "Turn it on" }).click();
  await expect(page.getByText("Your bank wants to see you.")).toBeVisible();
  await page.getByRole("button", { name: "Confirm the payment" }).click();
  await expect(dialog(page).getByRole("button", { name: "Pay $25.00" })).toBeEnabled();
  await typeCard(page, { number: "4242424242424242" });
  await clickAtRest(dialog(page).getByRole("button", { name: "Pay $25.00" }));
  await expect(balance(page)).toContainText("$25.00");
  await expect(page.getByText("Your bank wants to see you.")).toHaveCount(0);
});

test("a rest is taken, said and cannot be cut short; what is held of the wallet says what for", async ({
  page,
  somebody,
}) => {
  test.setTimeout(120_000);
  const who = await somebody();
  await begin(page, who);
  await addMoney(page, "4242424242424242");
  await page.getByRole("button", { name: "Done" }).click();
  await expect(balance(page)).toContainText("$25.00");
  if (!process.env.E2E_URL) {
    await runBeside("e2e/hold-value.ts", who.accountId);
    await page.reload();
    await expect(balance(page)).toContainText("$19.00");
    await expect(balance(page)).toContainText("$6.00 held");
    await expect(balance(page)).toContainText("for a session, until it ends");
  }

  await page.getByRole("button", { name: "Take a rest" }).click();
  await expect(question(page)).toContainText("Nobody can make it shorter, not even we.");
  await question(page).getByRole("button", { name: "Rest for 7 days" }).click();
  await expect(balance(page)).toContainText("You rest until");
  await expect(page.getByText("You rest already. It can be made longer.")).toBeVisible();
  expect(await brokenRules(page)).toEqual([]);
});

test("a wallet whose top-up is disputed is frozen and says so, and who comes back from a bank hears how it went", async ({
  page,
  somebody,
}) => {
  test.setTimeout(120_000);
  const who = await somebody();
  await begin(page, who);
  const begun = await page.request.post("/api/payments/create-intent", {
    headers: { authorization: `Bearer ${who.token}` },
    data: { topUp: "5.00" },
  });
  await page.goto(`/wallet?paid=${(await begun.json()).paymentId}`);
  await expect(page.getByText("Not added yet", { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/\/wallet$/);

  await addMoney(page, "4000000000000259");
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("Your wallet is frozen.")).toBeVisible();
  await expect(balance(page)).toContainText("$0.00");
  expect(await brokenRules(page)).toEqual([]);
});
