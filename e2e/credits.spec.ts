import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Browser, Page } from "@playwright/test";
import { expect, grantStaff, type Somebody, signIn, test } from "./fixtures";
import { bank, clickAtRest, typeCard } from "./shop/fixtures";

test.skip(Boolean(process.env.E2E_URL), "staff is granted on the machine that runs the server");
test.setTimeout(240_000);

const till = (page: Page) => page.getByRole("dialog", { name: "Buy credits" });
const history = (page: Page) => page.getByRole("table", { name: "Credits, what came and went" });

/** The badge and the page say the same number. */
async function expectCredits(page: Page, count: number): Promise<void> {
  await expect(page.getByRole("link", { name: new RegExp(`^Credits ?${count}$`) })).toBeVisible();
  await expect(page.locator("dl").filter({ hasText: "Credits left" })).toContainText(`left${count}`);
}

async function takeToTill(page: Page, name: "Starter" | "Pro"): Promise<void> {
  await page.getByRole("button", { name: "Buy credits" }).last().click();
  const radio = page.getByRole("radio", { name: new RegExp(`^${name}`) });
  await till(page).locator("label").filter({ has: radio }).click();
  await expect(radio).toBeChecked();
  await pay(page);
}

const pay = (page: Page) => clickAtRest(till(page).getByRole("button", { name: /^Pay \$/ }));

async function buy(page: Page, name: "Starter" | "Pro", card: string): Promise<void> {
  await takeToTill(page, name);
  await typeCard(page, { number: card });
  await pay(page);
  await till(page).getByRole("button", { name: "Done" }).click();
}

/** Somebody of the house, on a machine of their own. */
async function aColleague(browser: Browser, who: Somebody): Promise<Page> {
  await grantStaff(who);
  const page = await (await browser.newContext()).newPage();
  await signIn(page, who);
  return page;
}

/** As it stands, and on a phone, dark. */
async function expectFit(page: Page): Promise<void> {
  for (const [width, colorScheme] of [
    [1_280, "light"],
    [390, "dark"],
  ] as const) {
    await page.setViewportSize({ width, height: 820 });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.screenshot({
      path: `.data/test/look/credits-${new URL(page.url()).pathname.split("/")[2] ?? ""}-${width}.png`,
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), page.url()).toBe(true);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
  }
  await page.setViewportSize({ width: 1_280, height: 720 });
}

async function openPayment(staff: Page, { accountId }: Somebody, title: string): Promise<string> {
  await staff.goto(`/admin/payments?account=${accountId}`);
  await staff.getByRole("table", { name: "Payments" }).getByRole("link", { name: title }).first().click();
  await expect(staff.getByRole("heading", { level: 1 })).toHaveText(title);
  return staff.url();
}

/** Goes from the page of a payment to the local Stripe's own, and presses a button beside what it is about. */
async function atStripe(staff: Page, payment: string, [link, row, button]: [string, RegExp, string]): Promise<void> {
  await staff.goto(payment);
  await staff.getByRole("link", { name: link }).click();
  await staff.getByRole("row").filter({ hasText: row }).first().getByRole("button", { name: button }).click();
  await expect(staff.getByRole("heading", { level: 1 })).toHaveText("Local Stripe");
}

test("credits are bought past every no, seen in two tabs, paid back, disputed, lost and won", async ({
  page,
  browser,
  somebody,
}) => {
  const buyer = await somebody("Ines Kraft");
  await signIn(page, buyer, "/credits");
  await expectCredits(page, 10);
  const other = await page.context().newPage();
  await other.goto("/credits");
  await expectCredits(other, 10);
  await other.evaluate(() => document.documentElement.setAttribute("data-loaded-once", ""));

  await test.step("declined, refused by the bank, and paid", async () => {
    await takeToTill(page, "Pro");
    await typeCard(page, { number: "4000000000000002" });
    await pay(page);
    await expect(till(page).getByText("You were not charged.")).toBeVisible();
    await typeCard(page, { number: "4000002760003184" });
    await pay(page);
    await clickAtRest(bank(page).getByRole("button", { name: "Fail" }));
    await expect(till(page).getByText("Your bank did not confirm that it was you.")).toBeVisible();
    await pay(page);
    await clickAtRest(bank(page).getByRole("button", { name: "Complete" }));
    await expect(till(page).getByText("160 credits are yours.")).toBeVisible();
    await till(page).getByRole("button", { name: "Done" }).click();
    await expectCredits(page, 170);
  });

  await test.step("the other tab hears of it, and has it as a file", async () => {
    await expectCredits(other, 170);
    await expect(history(other).getByRole("row", { name: /Pro package \+160 170/ })).toBeVisible();
    await expect(other.locator("html[data-loaded-once]")).toHaveCount(1);
    const [file] = await Promise.all([
      other.waitForEvent("download"),
      other.getByRole("link", { name: "Export CSV" }).click(),
    ]);
    const text = await readFile(await file.path(), "utf8");
    expect(text).toContain("Pro package");
    expect(text.trim().split("\n")).toHaveLength(3);
  });

  const staff = await aColleague(browser, await somebody("Noor Vale"));
  await test.step("staff pays a part back", async () => {
    await openPayment(staff, buyer, "Pro package");
    await expect(staff.getByText("payment_intent.succeeded")).toBeVisible();
    await staff.getByRole("button", { name: "Refund" }).click();
    const dialog = staff.getByRole("dialog", { name: "Pay back" });
    await dialog.getByLabel("Amount").fill("30.00");
    await expect(dialog.getByText("more than may be paid back")).toBeVisible();
    await dialog.getByLabel("Amount").fill("5.00");
    await expect(dialog.getByText("It takes 10 bonus credits, which go first, and 31 bought.")).toBeVisible();
    await dialog.getByRole("button", { name: "Pay back" }).click();
    await expect(dialog.getByText("$5.00 is paid back.")).toBeVisible();
    await dialog.getByRole("button", { name: "Done" }).click();
    await expect(staff.getByRole("table", { name: "Refunds" })).toContainText("31 + 10");
    await expectCredits(page, 129);
    await expect(history(other).getByRole("row", { name: /Refund of Pro package \u221241 129/ })).toBeVisible();
    await expect(async () => {
      const mails = await (await page.request.get("/local/mailbox")).text();
      expect(mails).toContain("$5.00 is paid back to you");
    }).toPass();
  });

  await test.step("a dispute takes back and stops spending; lost, it stays taken", async () => {
    await buy(page, "Starter", "4000000000000259");
    await expect(page.getByText("Spending is stopped.")).toBeVisible();
    await expectCredits(page, 129);
    const payment = await openPayment(staff, buyer, "Starter package");
    await atStripe(staff, payment, ["end one", /dispute ·/, "Lost"]);
    await expect(page.getByText("Spending is stopped.")).toHaveCount(0);
    await expectCredits(page, 129);
    await staff.goto(payment);
    await expect(staff.getByRole("table", { name: "Disputes" })).toContainText("Lost");
    await expectFit(staff);
  });

  await test.step("another one is won, and everything is there again", async () => {
    await buy(page, "Starter", "4242424242424242");
    await expectCredits(page, 179);
    const payment = await openPayment(staff, buyer, "Starter package");
    await atStripe(staff, payment, ["open one", /charge · succeeded/, "Dispute"]);
    await expect(page.getByText("Spending is stopped.")).toBeVisible();
    await expectCredits(page, 129);
    await atStripe(staff, payment, ["end one", /dispute · needs_response/, "Won"]);
    await expectCredits(page, 179);
    await expect(page.getByText("Spending is stopped.")).toHaveCount(0);
  });

  await test.step("the books hold, and the inbox has nothing that was given up", async () => {
    await staff.goto("/admin/books");
    await staff.getByRole("button", { name: "Check again" }).click();
    await expect(staff.getByText("The books hold.", { exact: true })).toBeVisible();
    await staff.goto("/admin/inbox?state=failed");
    await expect(staff.getByText("None of them.")).toBeVisible();
    await expect(staff.getByRole("heading", { name: "Outcome unknown" })).toBeVisible();
    await staff.goto("/admin/inbox?state=done");
    await expectFit(staff);
    await staff
      .getByRole("button", { name: /^Replay evt_/ })
      .first()
      .click();
    await expect(staff.getByText("It is worked off once more", { exact: true })).toBeVisible();
    await expectCredits(page, 179);
    await staff.context().close();
  });
});
