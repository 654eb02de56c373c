import { expect, signIn, test } from "./fixtures";

const OPEN = ["/", "/pricing", "/docs", "/login", "/register", "/forgot-password", "/nothing-here", "/local/mailbox"];
const SETTINGS = ["", "/password", "/logins", "/members", "/danger"].map((tab) => `/dashboard/settings${tab}`);
const PAGES = [...OPEN, "/dashboard", "/dashboard/keys", ...SETTINGS];

test("every page's scripts and styles carry the nonce of its own answer", async ({ page, somebody }) => {
  await signIn(page, await somebody());
  for (const path of PAGES) {
    const answer = await page.request.get(path, { headers: { accept: "text/html" } });
    const nonce = /'nonce-([^']+)'/.exec(answer.headers()["content-security-policy"] ?? "")?.[1];
    const tags = (await answer.text()).match(/<(?:script|style|link rel="stylesheet")\b[^>]*>/g) ?? [];
    expect(nonce, path).toBeTruthy();
    expect(tags.length, path).toBeGreaterThan(3);
    expect(
      tags.filter((tag) => !tag.includes(`nonce="${nonce}"`)),
      path,
    ).toEqual([]);
  }
});

test("every page comes alive and breaks no rule of its own policy", async ({ page, somebody }) => {
  await signIn(page, await somebody());
  for (const path of PAGES) {
    await page.goto(path);
    await expect(page.locator("main").first(), path).toBeVisible();
    await page.waitForFunction(() =>
      [document, document.documentElement, document.body].some((node) =>
        Object.keys(node).some((key) => key.startsWith("__react")),
      ),
    );
  }
});

test("an open page that asks for a login comes back to where it was going", async ({ page, somebody }) => {
  const person = await somebody();
  await page.goto("/dashboard/keys");
  await expect(page).toHaveURL(/\/login\?next=%2Fdashboard%2Fkeys/);
  await signIn(page, person, "/dashboard/keys");
});

test("without a line an open page says so and breaks nothing, and another page is the one kept for that", async ({
  page,
  context,
  somebody,
}) => {
  await signIn(page, await somebody());
  await page.goto("/dashboard/settings");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await expect(page.getByText("No connection. This page stands still.")).toBeVisible();
  await page.getByLabel("Your name").fill("Robin Elsewhere");
  await page.getByRole("button", { name: "Save the name" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "You are not connected." })).toBeVisible();

  await context.setOffline(false);
  await expect(page.getByText("No connection.")).toBeHidden();
  await page.getByRole("button", { name: "Save the name" }).click();
  await expect(page.getByRole("button", { name: "You: Robin Elsewhere" })).toBeVisible();

  await context.setOffline(true);
  await page.goto("/dashboard/keys");
  await expect(page.getByRole("heading", { name: "You are not connected." })).toBeVisible();
  await context.setOffline(false);
  await page.getByRole("link", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "API keys" })).toBeVisible();
});
