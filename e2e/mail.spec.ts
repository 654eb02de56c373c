import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { APIRequestContext, Page } from "@playwright/test";
import { brokenRules, expect, type Somebody, signIn, test } from "./fixtures";

/** Has a mail sent that may be switched off: an endpoint that answers 410 is switched off, and its owner hears of it. */
async function causeMail(request: APIRequestContext, { token }: Somebody): Promise<void> {
  const server = createServer((_req, res) => res.writeHead(410).end());
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
  const headers = { authorization: `Bearer ${token}` };
  const made = await request.post("/api/webhook-endpoints", { headers, data: { url: `http://localhost:${port}/` } });
  const { id } = await made.json();
  await request.post(`/api/webhook-endpoints/${id}/test`, { headers });
  await expect
    .poll(async () => (await (await request.get(`/api/webhook-endpoints/${id}`, { headers })).json()).state, {
      timeout: 15_000,
    })
    .toBe("disabled");
  server.close();
}

async function openMail(page: Page, { email }: Somebody, subject: RegExp): Promise<void> {
  await expect(async () => {
    await page.goto(`/local/mailbox?q=${encodeURIComponent(email)}`);
    await page.getByRole("link", { name: subject }).first().click({ timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
  await expect(page.getByRole("heading", { level: 1, name: subject })).toBeVisible();
}

async function expectAccessible(page: Page): Promise<void> {
  expect(await brokenRules(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
}

test("the link in a mail opens a page that changes nothing; its button stops that kind, without a sign-in", async ({
  page,
  request,
  somebody,
}) => {
  const robin = await somebody();
  await causeMail(request, robin);
  await openMail(page, robin, /A webhook endpoint was switched off/);
  const link = (await page.getByRole("link", { name: /\/unsubscribe\?token=/ }).getAttribute("href")) ?? "";
  await page.getByRole("link", { name: "Headers" }).click();
  await expect(page.getByText("List-Unsubscribe=One-Click")).toBeVisible();

  const wanted = async () => {
    const headers = { authorization: `Bearer ${robin.token}` };
    const { kinds } = await (await request.get("/api/mail-preferences", { headers })).json();
    return kinds.find(({ kind }: { kind: string }) => kind === "webhooks").wanted;
  };
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "No more of this mail?" })).toBeVisible();
  await expectAccessible(page);
  expect(await wanted()).toBe(true);
  await page.getByRole("button", { name: "Send no more of it" }).click();
  await expect(page.getByText("Switched off.")).toBeVisible();
  expect(await wanted()).toBe(false);

  await signIn(page, robin, "/dashboard/settings/mail");
  const choice = page.getByRole("switch", { name: /^Webhooks/ });
  await expect(choice).not.toBeChecked();
  await choice.check();
  await expect(page.getByText("Webhooks: mailed to you again")).toBeVisible();
  expect(await wanted()).toBe(true);
  await expectAccessible(page);
});

test("a mail program's own button works by one post to the same link", async ({ page, request, somebody }) => {
  const robin = await somebody();
  await causeMail(request, robin);
  await openMail(page, robin, /A webhook endpoint was switched off/);
  const link = (await page.getByRole("link", { name: /\/unsubscribe\?token=/ }).getAttribute("href")) ?? "";
  const pressed = await request.post(link, { form: { "List-Unsubscribe": "One-Click" } });
  expect([pressed.status(), await pressed.json()]).toEqual([200, { kind: "webhooks", label: "Webhooks" }]);
  await page.goto("/unsubscribe?token=made.up.by-hand");
  await expect(page.getByRole("heading", { name: "This link is incomplete." })).toBeVisible();
});

test("the mailbox is searched, and shows a mail in three ways, also on a phone", async ({ page, somebody }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const robin = await somebody();
  await openMail(page, robin, /Confirm your e-mail address/);
  await expectAccessible(page);
  await page.getByRole("link", { name: "As it looks" }).click();
  await expect(page.locator("iframe")).toHaveAttribute("srcdoc", /Confirm the address/);
  await page.goto("/local/mailbox?q=nobody-has-this");
  await expect(page.getByText("No mail has these words.")).toBeVisible();
  await page.getByRole("link", { name: "Show all" }).click();
  await expect(page.getByRole("table", { name: "Mails" })).toBeVisible();
  await expectAccessible(page);
});
