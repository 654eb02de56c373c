import type { APIRequestContext, Page } from "@playwright/test";
import { brokenRules, expect, PASSWORD, signIn, test } from "./fixtures";

const callWith = (request: APIRequestContext, key: string) =>
  request.get("/api/keys/current", { headers: { "x-api-key": key } });

const shownKey = async (page: Page): Promise<string> =>
  (await page.getByRole("dialog").locator("code").first().textContent())?.trim() ?? "";

async function expectAccessible(page: Page): Promise<void> {
  // Colours are judged once they have arrived.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
  expect(await brokenRules(page)).toEqual([]);
}

test("somebody registers, makes a key, copies it, calls with it, revokes it, and it is refused", async ({
  page,
  context,
  request,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/register");
  await page.getByLabel("Name").fill("Robin Vale");
  await page.getByLabel("E-mail").fill(`keys-${Date.now().toString(36)}@vale.example`);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Open the account" }).click();
  await page.waitForURL((url) => url.pathname !== "/register");

  await page.goto("/dashboard/keys");
  await page.getByRole("button", { name: "Create a key" }).click();
  await page.getByLabel("Name").fill("Nightly report");
  await page.getByRole("button", { name: "Create key" }).click();

  await expect(page.getByRole("heading", { name: "Save this key" })).toBeVisible();
  const key = await shownKey(page);
  expect(key).toMatch(/^mk_[0-9A-Za-z]{48}$/);
  await page.getByRole("button", { name: "Copy the key" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key);

  await page.getByRole("button", { name: "Test it" }).click();
  await expect(page.getByText("The key works")).toBeVisible();
  await expect(page.getByText(/GET \/api\/keys\/current · 200 · \d+ ms/)).toBeVisible();
  expect((await callWith(request, key)).status()).toBe(200);
  await expectAccessible(page);

  await page.getByRole("button", { name: "I have saved it" }).click();
  await expect(page.getByRole("cell", { name: /^Nightly report/ })).toContainText(key.slice(0, 13));
  expect(await page.content()).not.toContain(key);

  await page.getByRole("button", { name: "Revoke Nightly report" }).click();
  await page.getByRole("button", { name: "Revoke key" }).click();
  await expect(page.getByRole("table", { name: "Revoked API keys" })).toContainText("Nightly report");
  const refused = await callWith(request, key);
  expect(refused.status()).toBe(401);
  expect(await refused.json()).toMatchObject({ error: "Invalid API key" });
});

test("every field that is wrong says so beside it, and nothing is made", async ({ page, somebody }) => {
  await signIn(page, await somebody(), "/dashboard/keys");
  await page.getByRole("button", { name: "Create a key" }).click();
  await page.getByLabel("Allowed origins").fill("app.example.com");
  await page.getByLabel("Last day").fill("2020-01-01");
  for (const scope of await page.getByRole("dialog").getByRole("checkbox").all()) await scope.uncheck();
  await page.getByRole("button", { name: "Create key" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "name must not be empty" })).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "This is not an origin" })).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "Choose at least one scope" })).toBeVisible();

  await page.getByLabel("Name").fill("Website");
  await page.getByLabel("Allowed origins").fill("https://app.example.com");
  await page.getByRole("checkbox", { name: "Read usage" }).check();
  await page.getByRole("button", { name: "Create key" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "must be in the future" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("row")).toHaveCount(2);
});

test("a key is renamed, narrowed, and replaced with a day to change over", async ({ page, request, somebody }) => {
  const robin = await somebody();
  await signIn(page, robin, "/dashboard/keys");
  const more = page.getByRole("button", { name: /^More for / }).first();

  await more.click();
  await page.getByRole("menuitem", { name: "Change" }).click();
  await page.getByLabel("Name").fill("Website");
  await page.getByRole("checkbox", { name: "Call the gateway" }).uncheck();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("cell", { name: /^Website/ })).toBeVisible();
  expect((await (await callWith(request, robin.apiKey)).json()).scopes).not.toContain("gateway:call");

  await more.click();
  await page.getByRole("menuitem", { name: "Replace" }).click();
  await page.getByLabel("The old key").selectOption("24");
  await page.getByRole("button", { name: "Replace key" }).click();
  await expect(page.getByRole("heading", { name: "Save this key" })).toBeVisible();
  const key = await shownKey(page);
  expect((await callWith(request, key)).status()).toBe(200);
  expect((await callWith(request, robin.apiKey)).status()).toBe(200);
  await page.getByRole("button", { name: "I have saved it" }).click();
  await expect(page.getByText("Replaced", { exact: true })).toBeVisible();
});

test("the page works on a phone, and is accessible with keys and without", async ({ page, somebody }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const robin = await somebody();
  await signIn(page, robin, "/dashboard/keys");
  await expect(page.getByRole("table", { name: "API keys" })).toBeVisible();
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(await overflow()).toBeLessThanOrEqual(0);
  await expectAccessible(page);

  await page.getByRole("button", { name: /^Revoke / }).click();
  await page.getByRole("button", { name: "Revoke key" }).click();
  await expect(page.getByRole("heading", { name: "No key yet." })).toBeVisible();
  expect(await overflow()).toBeLessThanOrEqual(0);
  await expectAccessible(page);
});
