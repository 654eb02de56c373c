import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { giveRooms, guestInside } from "./call";
import { expect, signIn, test } from "./fixtures";

test.setTimeout(150_000);
test.use({ reducedMotion: "reduce" });

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
}

test("a room is opened, shared by a link, watched while somebody is inside, read afterwards, and deleted", async ({
  page,
  browser,
  somebody,
}) => {
  const person = await somebody("Dana Reyes");
  await signIn(page, person, "/dashboard/rooms");
  await expect(page.getByRole("heading", { name: "Rooms come with a plan." })).toBeVisible();
  await giveRooms(person);
  await page.reload();
  await page.getByRole("button", { name: "Open a room" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Open room" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Name must not be empty." })).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill("Weekly review");
  await expectAccessible(page);
  await page.getByRole("dialog").getByRole("button", { name: "Open room" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Weekly review" })).toBeVisible();

  await page.getByRole("button", { name: "Make a link" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Press");
  await page.getByRole("button", { name: "Make link" }).click();
  const shown = page.getByRole("dialog", { name: "Send this link" });
  const link = (await shown.locator("code").textContent())?.trim() ?? "";
  await shown.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("row", { name: /Press/ })).toContainText("Works");

  const guest = await guestInside(browser, new URL(link).pathname + new URL(link).hash, "Noor");
  await expect(page.getByRole("row", { name: /Noor/ })).toBeVisible();
  await expectAccessible(page);
  await guest.getByRole("button", { name: "Leave the call" }).click();
  await expect(page.getByRole("row", { name: /Noor/ })).toHaveCount(0);

  await page.getByRole("table", { name: "Calls" }).getByRole("link").click();
  await expect(page.getByRole("heading", { name: "Who was there" })).toBeVisible();
  await expect(page.getByRole("row", { name: /Noor came in by the link/ })).toBeVisible();
  await expectAccessible(page);

  await page.goBack();
  await page.getByRole("button", { name: "Take back Press" }).click();
  await page.getByRole("button", { name: "Take back", exact: true }).click();
  await expect(page.getByRole("row", { name: /Press/ })).toContainText("Taken back");
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: "Delete room" }).click();
  await expect(page.getByRole("heading", { name: "No room yet." })).toBeVisible();
  await page.getByRole("link", { name: "Deleted" }).click();
  await expect(page.getByRole("row", { name: /Weekly review/ })).toBeVisible();
});
