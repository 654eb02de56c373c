import type { Page } from "@playwright/test";
import { expect, mailedLink, PASSWORD, signIn, test } from "./fixtures";

/** What a program gets that acts for this page's login: the cookie is the page's, the origin its own. */
const ask = (page: Page, method: "GET" | "POST" | "PATCH" | "DELETE", path: string, data?: unknown) =>
  page.evaluate(
    async ({ method, path, data }) => {
      const answer = await fetch(path, {
        method,
        headers: { "content-type": "application/json" },
        ...(data !== undefined && { body: JSON.stringify(data) }),
      });
      return { status: answer.status, body: await answer.json() };
    },
    { method, path, data },
  );

test("an invited member joins by mail and can do what the role says and no more", async ({
  page,
  browser,
  somebody,
}) => {
  const owner = await somebody("Robin Vale");
  const guestEmail = `noor-${Date.now().toString(36)}@vale.example`;

  await signIn(page, owner);
  await page.getByRole("button", { name: /Account:/ }).click();
  await page.getByRole("menuitem", { name: "Make a team" }).click();
  await page.getByLabel("Name of the team").fill("Lantern House");
  await page.getByRole("button", { name: "Make the team" }).click();
  await expect(page).toHaveURL(/settings\/members/);
  await expect(page.getByRole("button", { name: /Account: Lantern House/ })).toBeVisible();

  await page.getByRole("button", { name: "Invite somebody" }).click();
  await page.getByLabel("E-mail address").fill("not-an-address");
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByText("Enter an e-mail address")).toBeVisible();
  await page.getByLabel("E-mail address").fill(guestEmail);
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page.getByRole("button", { name: `Revoke the invitation to ${guestEmail}` })).toBeVisible();

  const link = await mailedLink(page, guestEmail, /Lantern House/);
  const elsewhere = await browser.newContext();
  const guest = await elsewhere.newPage();
  await guest.goto(link);
  await expect(guest.getByRole("heading", { level: 1 })).toContainText("Lantern House");
  await expect(guest.getByText("Robin Vale invites")).toBeVisible();
  await guest.getByRole("link", { name: "Open an account" }).click();
  await guest.getByLabel("Name").fill("Noor Amari");
  await guest.getByLabel("E-mail address").fill(guestEmail);
  await guest.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await guest.getByRole("button", { name: "Open the account" }).click();
  await guest.getByRole("button", { name: "Join Lantern House" }).click();
  await expect(guest).toHaveURL(/\/dashboard$/);
  await expect(guest.getByRole("button", { name: /Account: Lantern House/ })).toBeVisible();

  // The owner's open page hears of it without a reload.
  await expect(page.getByText("Noor Amari")).toBeVisible();

  // A member sees keys and makes none, sees members and invites none.
  await guest.goto("/dashboard/settings/members");
  await expect(guest.getByText("Robin Vale")).toBeVisible();
  await expect(guest.getByText(owner.email)).toBeHidden();
  await expect(guest.getByRole("button", { name: "Invite somebody" })).toBeHidden();
  expect((await ask(guest, "GET", "/api/keys")).status).toBe(200);
  expect((await ask(guest, "POST", "/api/keys", { name: "Mine" })).status).toBe(403);
  expect(
    (await ask(guest, "POST", "/api/accounts/invitations", { email: "x@vale.example", role: "member" })).status,
  ).toBe(403);
  expect((await ask(guest, "DELETE", `/api/accounts/members/${owner.userId}`)).status).toBe(403);
  expect((await ask(guest, "PATCH", "/api/accounts/current", { name: "Mine" })).status).toBe(403);
  expect((await ask(guest, "GET", "/api/audit")).status).toBe(403);

  // Made an admin, the same person may; an owner they still cannot touch.
  await page.getByLabel("Role of Noor Amari").selectOption("admin");
  await expect(page.getByText("Noor Amari is admin now.", { exact: true })).toBeVisible();
  await expect(guest.getByRole("button", { name: "Invite somebody" })).toBeVisible();
  expect((await ask(guest, "POST", "/api/keys", { name: "Mine" })).status).toBe(201);
  expect((await ask(guest, "PATCH", `/api/accounts/members/${owner.userId}`, { role: "member" })).status).toBe(403);

  // Taken out, they go on in their own account, and the link is spent.
  await page.getByRole("button", { name: "Remove Noor Amari" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("alertdialog")).toBeHidden();
  await expect(guest.getByRole("button", { name: /Account: Noor Amari/ })).toBeVisible();
  await guest.goto(link);
  await expect(guest.getByRole("heading", { name: "This invitation does not work any more." })).toBeVisible();
  await elsewhere.close();
});

test("an invitation is no use to somebody else, and the last owner cannot leave", async ({
  page,
  browser,
  somebody,
}) => {
  const [owner, stranger] = [await somebody(), await somebody("Teo Lind")];
  const guestEmail = `mika-${Date.now().toString(36)}@vale.example`;
  await signIn(page, owner, "/dashboard/settings/members");
  expect((await ask(page, "POST", "/api/accounts/invitations", { email: guestEmail, role: "billing" })).status).toBe(
    201,
  );
  const link = await mailedLink(page, guestEmail, /Robin Vale/);

  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await signIn(other, stranger);
  await other.goto(link);
  await expect(other.getByText(`You are signed in as ${stranger.email}.`)).toBeVisible();
  await expect(other.getByRole("button", { name: /^Join/ })).toBeHidden();
  await elsewhere.close();

  expect((await ask(page, "POST", "/api/accounts/leave", {})).body).toMatchObject({ code: "last_owner" });
});

test("closing a personal account takes its typed name, signs out everywhere and stops its key", async ({
  page,
  somebody,
}) => {
  const person = await somebody("Dana Kim");
  await signIn(page, person, "/dashboard/settings/danger");
  await page.getByRole("button", { name: "Close the account" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByRole("button", { name: "Close it for good" })).toBeDisabled();
  await dialog.getByLabel("Type Dana Kim to go on").fill("Dana Kim");
  await dialog.getByRole("button", { name: "Close it for good" }).click();
  await expect(page).not.toHaveURL(/dashboard/);

  await page.goto("/dashboard");
  await expect(page).toHaveURL(/\/login/);
  await expect(async () => {
    const answer = await page.request.get("/api/keys/current", { headers: { "x-api-key": person.apiKey } });
    expect(answer.status()).toBe(401);
  }).toPass({ timeout: 2_000 });
});
