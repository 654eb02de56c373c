import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { brokenRules, expect, signIn, test } from "./fixtures";

type Received = { headers: IncomingHttpHeaders; body: string };

/** Somebody's own server on this machine, which checks what it gets. */
async function receiver(answer: (count: number) => number) {
  const received: Received[] = [];
  const server = createServer(async (req, res) => {
    let body = "";
    for await (const chunk of req) body += chunk;
    received.push({ headers: req.headers, body });
    res.writeHead(answer(received.length)).end("noted");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
  return { url: `http://localhost:${port}/hooks`, received, close: () => server.close() };
}

/** As the documentation says, and by nothing of ours. */
function isSigned(secret: string, { headers, body }: Received): boolean {
  const said = [headers["webhook-id"], headers["webhook-timestamp"], body].join(".");
  const wanted = createHmac("sha256", Buffer.from(secret.slice("whsec_".length), "base64"))
    .update(said)
    .digest("base64");
  return String(headers["webhook-signature"]).split(" ").includes(`v1,${wanted}`);
}

async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
  expect(await brokenRules(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
}

async function addEndpoint(page: Page, url: string): Promise<string> {
  await page.goto("/dashboard/webhooks");
  await page.getByRole("button", { name: "Add an endpoint" }).click();
  await page.getByLabel("Address").fill(url);
  await page.getByLabel("Name", { exact: true }).fill("Bookkeeping");
  await page.getByRole("button", { name: "Add endpoint" }).click();
  await expect(page.getByRole("heading", { name: "Save this secret" })).toBeVisible();
  const secret = (await page.getByRole("dialog").locator("code").first().textContent())?.trim() ?? "";
  await page.getByRole("button", { name: "I have saved it" }).click();
  await page.getByRole("link", { name: "Bookkeeping" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Bookkeeping" })).toBeVisible();
  return secret;
}

test("somebody adds an endpoint, tests it, sees it delivered with a signature that fits, and sends it again", async ({
  page,
  somebody,
}) => {
  const home = await receiver(() => 200);
  await signIn(page, await somebody());
  const secret = await addEndpoint(page, home.url);
  expect(secret).toMatch(/^whsec_/);

  await page.getByRole("button", { name: "Send a test" }).click();
  const row = page.getByRole("row", { name: /webhook\.test/ });
  await expect(row).toContainText("Delivered", { timeout: 15_000 });
  expect(home.received).toHaveLength(1);
  expect(home.received.every((one) => isSigned(secret, one))).toBe(true);
  await expectAccessible(page);

  await row.getByRole("link").click();
  await expect(page.getByText("noted")).toBeVisible();
  await expect(page.getByText("This is a test. Nothing happened.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Send it again" }).click();
  await expect.poll(() => home.received.length, { timeout: 15_000 }).toBe(2);
  expect(home.received[1]?.headers["webhook-id"]).toBe(home.received[0]?.headers["webhook-id"]);
  home.close();
});

test("while a secret changes over both sign; a receiver that says 410 switches its endpoint off", async ({
  page,
  somebody,
}) => {
  const home = await receiver((count) => (count === 1 ? 204 : 410));
  await signIn(page, await somebody());
  const before = await addEndpoint(page, home.url);
  await page.getByRole("button", { name: "More for this endpoint" }).click();
  await page.getByRole("menuitem", { name: "Rotate the secret" }).click();
  await page.getByRole("button", { name: "Rotate secret" }).click();
  await expect(page.getByRole("heading", { name: "Save this secret" })).toBeVisible();
  const after = (await page.getByRole("dialog").locator("code").first().textContent())?.trim() ?? "";
  await page.getByRole("button", { name: "I have saved it" }).click();

  await page.getByRole("button", { name: "Send a test" }).click();
  await expect(page.getByRole("row", { name: /webhook\.test/ })).toContainText("Delivered", { timeout: 15_000 });
  const [first] = home.received;
  expect(first && isSigned(before, first) && isSigned(after, first) && before !== after).toBe(true);

  await page.getByRole("button", { name: "Send a test" }).click();
  await expect(page.getByText(/It answered 410 and was switched off/)).toBeVisible({ timeout: 15_000 });
  await page.getByRole("button", { name: "Switch on" }).click();
  await expect(page.getByRole("button", { name: "Send a test" })).toBeVisible();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await page.getByRole("button", { name: "Remove endpoint" }).click();
  await expect(page.getByRole("heading", { name: "No endpoint yet." })).toBeVisible();
  home.close();
});

test("an address on a private network is refused beside its field, and nothing is kept", async ({ page, somebody }) => {
  await signIn(page, await somebody(), "/dashboard/webhooks");
  await page.getByRole("button", { name: "Add an endpoint" }).click();
  for (const url of [
    "http://169.254.169.254/",
    "http://2130706433:9000/",
    "https://user:word@hooks.example.com/",
    "nonsense",
  ]) {
    await page.getByLabel("Address").fill(url);
    await page.getByRole("button", { name: "Add endpoint" }).click();
    await expect(page.getByRole("alert").filter({ hasText: /\.$/ }).first()).toBeVisible();
  }
  await page.getByText("Some", { exact: true }).click();
  await page.getByRole("button", { name: "Add endpoint" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Choose at least one event" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("heading", { name: "No endpoint yet." })).toBeVisible();
});

test("another account's endpoint is a page that does not exist", async ({ page, somebody, request }) => {
  const [mine, theirs] = [await somebody(), await somebody("Noor")];
  const home = await receiver(() => 200);
  const made = await request.post("/api/webhook-endpoints", {
    headers: { authorization: `Bearer ${theirs.token}` },
    data: { url: home.url },
  });
  const { id } = await made.json();
  await signIn(page, mine);
  await page.goto(`/dashboard/webhooks/${id}`);
  await expect(page.getByRole("heading", { level: 1, name: "There is no such page." })).toBeVisible();
  expect(await page.content()).not.toContain(home.url);
  home.close();
});
