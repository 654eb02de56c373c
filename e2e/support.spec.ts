import type { Page } from "@playwright/test";
import { brokenRules, expect, grantStaff, signIn, test } from "./fixtures";

async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
  expect(await brokenRules(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
}

test("somebody asks, goes on, closes, and opens it again by writing", async ({ page, somebody }) => {
  await signIn(page, await somebody(), "/support");
  await page.getByRole("button", { name: "Ask for help" }).click();
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Subject must not be empty" })).toBeVisible();
  await page.getByLabel("Subject").fill("A call ended early");
  await page.getByLabel("Message").fill("It ended after a minute.\n\nThe receipt says paused.");
  await page.getByLabel("Request id").fill("req_01ke6zv3s80q4n7xw2m5j9t8cd");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "A call ended early" })).toBeVisible();
  await expect(page.getByText("The receipt says paused.")).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Close" }).click();
  await expect(page.getByText("Closed", { exact: true })).toBeVisible();
  await page.getByLabel("Your message").fill("It happened again.");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "It happened again." })).toBeVisible();
  await expect(page.getByText("With us", { exact: true })).toBeVisible();
  await expect(page.getByLabel("Your message")).toHaveValue("");

  await page.goto("/support");
  await expect(page.getByRole("row", { name: /A call ended early/ })).toContainText("With us");
});

test("the queue does not exist for somebody who is not staff, and nobody reads another's request", async ({
  page,
  somebody,
}) => {
  await signIn(page, await somebody());
  const unknown = "support_01ke6zv3s80q4n7xw2m5j9t8cd";
  for (const path of ["/admin/support", `/admin/support/${unknown}`])
    expect((await page.goto(path))?.status(), path).toBe(404);
  await page.goto(`/support/${unknown}`);
  await expect(page.getByRole("heading", { level: 1, name: "There is no such page." })).toBeVisible();
});

test("staff answer from the queue, and the answer stands on the page and in the mail of who asked", async ({
  browser,
  page,
  somebody,
}) => {
  const [robin, keeper] = [await somebody(), await somebody("Keeper of the house")];
  const subject = `Where is my receipt? ${Date.now().toString(36)}`;
  await signIn(page, robin, "/support");
  await page.getByRole("button", { name: "Ask for help" }).click();
  await page.getByLabel("Subject").fill(subject);
  await page.getByLabel("Message").fill("I paid yesterday.");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: subject })).toBeVisible();

  await grantStaff(keeper);
  const elsewhere = await browser.newContext();
  const house = await elsewhere.newPage();
  await signIn(house, keeper, "/admin/support");
  await expectAccessible(house);
  await house.getByRole("link", { name: subject }).click();
  await house.getByLabel("Your answer").fill("It is on your wallet page.");
  await expectAccessible(house);
  await house.getByRole("button", { name: "Answer", exact: true }).click();
  await expect(house.getByText("Answered", { exact: true })).toBeVisible();
  await elsewhere.close();

  const answer = page.getByRole("listitem").filter({ hasText: "It is on your wallet page." });
  await expect(answer).toContainText("Parley");
  await expect(async () => {
    await page.goto(`/local/mailbox?q=${encodeURIComponent(robin.email)}`);
    await expect(page.getByRole("link", { name: `Answered: ${subject}` })).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
});
