import type { Page } from "@playwright/test";
import { expect, mailedLink, PASSWORD, signIn, test } from "./fixtures";

const address = () => `ines-${Date.now().toString(36)}-${Math.floor(Math.random() * 1e6)}@vale.example`;

async function fillRegister(page: Page, person: { name: string; email: string; password: string }): Promise<void> {
  await page.getByLabel("Name").fill(person.name);
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Open the account" }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^You: / }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login/);
}

test("somebody opens an account, signs out, gets the password wrong, and signs in", async ({ page }) => {
  const email = address();
  await page.goto("/register?plan=rooms-professional&next=/dashboard/settings");
  await expect(page.getByText("Rooms Professional")).toBeVisible();
  await fillRegister(page, { name: "Ines Vale", email, password: PASSWORD });
  await page.waitForURL("**/dashboard/settings");
  await expect(page.getByText("Not confirmed yet")).toBeVisible();

  await signOut(page);
  await page.goto("/dashboard");
  await expect(page).toHaveURL(/\/login/);

  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("not-the-one-7");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "do not belong together" })).toBeVisible();
  await signIn(page, { email, password: PASSWORD });
});

test("every field that is wrong says so beside it, and a taken address is named", async ({ page, somebody }) => {
  const { email } = await somebody();
  await page.goto("/register");
  await fillRegister(page, { name: " ", email: "nobody", password: "short" });
  await expect(page.getByLabel("Name")).toBeFocused();
  for (const words of ["name must not be empty", "Enter an e-mail address", "at least 8 characters."]) {
    await expect(page.getByRole("alert").filter({ hasText: words })).toBeVisible();
  }

  await fillRegister(page, { name: "Ines", email: "ines@vale.example", password: "password123" });
  await expect(page.getByRole("alert").filter({ hasText: "one of the first that are tried" })).toBeVisible();
  await fillRegister(page, { name: "Ines", email, password: PASSWORD });
  await expect(page.getByRole("alert").filter({ hasText: "has an account already" })).toBeVisible();
});

test("wrong passwords in a row are made to wait, with the time left", async ({ page, somebody }) => {
  const { email } = await somebody();
  await page.goto("/login");
  await page.getByLabel("E-mail").fill(email);
  const button = page.getByRole("button", { name: "Sign in" });
  let answer = "";
  for (let i = 0; i < 12 && !answer.includes("rate_limited"); i += 1) {
    await page.getByLabel("Password", { exact: true }).fill(`not-the-one-${i}`);
    const answered = page.waitForResponse("**/api/auth/callback/credentials");
    await button.click();
    answer = await (await answered).text();
    await expect(page.locator("button[type=submit]")).not.toHaveAttribute("aria-disabled");
  }
  expect(answer).toContain("rate_limited");
  await expect(page.getByText(/Too many tries|You can try again now/)).toBeVisible();
  await expect(button).toBeEnabled({ timeout: 20_000 });
  await expect(page.getByText("You can try again now")).toBeVisible();
});

test("a forgotten password is replaced by mail, once, and the address is proven by it", async ({ page, somebody }) => {
  const { email } = await somebody();
  await page.goto("/login");
  await page.getByRole("link", { name: "Forgot it?" }).click();
  await expect(page.getByRole("button", { name: "Send the link" })).toBeVisible();
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("Look into your mail.")).toBeVisible();

  const link = await mailedLink(page, email, /Choose another password/);
  await page.goto(link);
  await page.getByLabel("Another password").fill("another-ledger-eight");
  await page.getByRole("button", { name: "Set the password" }).click();
  await page.getByRole("link", { name: "Sign in" }).click();
  await signIn(page, { email, password: "another-ledger-eight" });

  await page.goto(link);
  await page.getByLabel("Another password").fill("a-third-ledger-nine");
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.getByText("run out or was used already")).toBeVisible();
  await page.goto("/dashboard/settings");
  await expect(page.getByText("Confirmed", { exact: true })).toBeVisible();
});

test("the mail of registration confirms the address when its button is pressed", async ({ page, somebody }) => {
  const person = await somebody();
  await signIn(page, person);
  await page.goto(await mailedLink(page, person.email, /Confirm your e-mail address/));
  await page.getByRole("button", { name: "Confirm the address" }).click();
  await expect(page.getByText(`${person.email} is yours.`)).toBeVisible();
});

test("signing out everywhere reaches another browser and its API token within five seconds", async ({
  page,
  browser,
  request,
  somebody,
}) => {
  const person = await somebody();
  const elsewhere = await (await browser.newContext()).newPage();
  await signIn(page, person);
  await signIn(elsewhere, person);

  await page.goto("/dashboard/settings/logins");
  await expect(page.getByText("This one")).toBeVisible();
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page).toHaveURL(/\/login/);

  // The other page is told over its socket and leaves by itself.
  await expect(elsewhere).toHaveURL(/\/login/, { timeout: 5_000 });
  const answer = await request.get("/api/auth/profile", { headers: { authorization: `Bearer ${person.token}` } });
  expect(answer.status()).toBe(401);
  await elsewhere.context().close();
});

test("a new password ends the other logins, and a new address asks for the password", async ({
  page,
  request,
  somebody,
}) => {
  const person = await somebody();
  await signIn(page, person, "/dashboard/settings/password");
  await page.getByLabel("Your password now").fill("not-the-one-7");
  await page.getByLabel("Another password").fill("another-ledger-eight");
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.getByText("This is not your password.")).toBeVisible();
  await page.getByLabel("Your password now").fill(PASSWORD);
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.getByText("Your password is changed", { exact: true })).toBeVisible();
  await expect
    .poll(async () =>
      (await request.get("/api/auth/profile", { headers: { authorization: `Bearer ${person.token}` } })).status(),
    )
    .toBe(401);

  const email = address();
  await page.goto("/dashboard/settings");
  await page.getByRole("button", { name: "Change the address" }).click();
  await page.getByLabel("Another address").fill(email);
  await page.getByLabel("Your password", { exact: true }).fill("another-ledger-eight");
  await page.getByRole("button", { name: "Change the address" }).click();
  await expect(page.getByText(email).first()).toBeVisible();
});
