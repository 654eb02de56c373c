import { request as plainRequest } from "node:http";
import { request } from "node:https";
import { text } from "node:stream/consumers";
import type { BrowserContext, Page } from "@playwright/test";
import postgres from "postgres";
import { io } from "socket.io-client";
import { readConnection, urlOf } from "../server/embedded-postgres/connection";
import { openSmtp, partsOf, type SmtpServer } from "../server/testing/smtp";
import { openTlsProxy, PROXY_ADDRESS, type TlsProxy } from "../server/testing/tls-proxy";
import { expect, PASSWORD, test } from "./fixtures";
import { type SecondServer, startSecond } from "./second-server";

const PORT = 3172;
const DATABASE = "parley_behind_tls";
const COOKIE = "__Host-next-auth.session-token";
const HSTS = "max-age=31536000; includeSubDomains";

// The proxy comes from an address of its own, which other systems do not have on loopback.
test.skip(process.env.E2E_URL !== undefined || process.platform !== "linux", "needs the built server, and Linux");
test.describe.configure({ mode: "serial" });

let proxy: TlsProxy;
let smtp: SmtpServer;
let server: SecondServer;
let site: string;
let context: BrowserContext;
let page: Page;

async function recreateDatabase(): Promise<string> {
  const connection = readConnection(".data/e2e/postgres/connection.json");
  const sql = postgres(urlOf(connection, "postgres"), { max: 1, onnotice: () => undefined });
  await sql.unsafe(`drop database if exists ${DATABASE} with (force)`);
  await sql.unsafe(`create database ${DATABASE}`);
  await sql.end();
  return urlOf(connection, DATABASE);
}

test.beforeAll(async ({ browser }) => {
  smtp = await openSmtp();
  proxy = await openTlsProxy(() => PORT);
  site = `https://localhost:${proxy.port}`;
  server = await startSecond({
    PARLEY_MODE: "production",
    PARLEY_ROLES: "web,worker",
    PARLEY_DATA: ".data/e2e-tls",
    PORT: String(PORT),
    HOST: "127.0.0.1",
    PUBLIC_URL: site,
    TRUSTED_PROXIES: PROXY_ADDRESS,
    DATABASE_URL: await recreateDatabase(),
    SMTP_URL: smtp.url,
    JWT_SECRET: "tls-test-only-4f1d0c9b8a7e6f5d4c3b2a19",
    NEXTAUTH_SECRET: "tls-test-only-9a8b7c6d5e4f3a2b1c0d9e8f",
    METRICS_TOKEN: "tls-test-only-metrics-token",
  });
  // Chromium does not know who signed it; `ask` below checks it in full.
  context = await browser.newContext({ baseURL: site, ignoreHTTPSErrors: true });
  page = await context.newPage();
});
test.afterAll(async () => {
  await context?.close();
  await server?.stop();
  await proxy?.close();
  await smtp?.close();
});

type Asked = { method?: string; headers?: Record<string, string>; body?: string; from?: string };

/** One request over TLS, with the certificate checked as any client would. */
function ask(path: string, { method = "GET", headers = {}, body, from = "127.0.0.1" }: Asked = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((done, failed) => {
    const sent = request(`${site}${path}`, { method, headers, ca: proxy.cert, localAddress: from }, async (answer) =>
      done({ status: answer.statusCode ?? 0, headers: answer.headers, text: await text(answer) }),
    );
    sent.once("error", failed);
    sent.end(body);
  });
}

const json = { "content-type": "application/json" };
const cookieHeader = async () => (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");

test("somebody registers, and confirms the address by a mail that came from a mail server", async () => {
  await page.goto("/register");
  await page.getByLabel("Name").fill("Robin Vale");
  await page.getByLabel("E-mail").fill("robin@vale.example");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Open the account" }).click();
  await page.waitForURL((url) => url.pathname.startsWith("/dashboard"));

  await expect(() => expect(smtp.received).toHaveLength(1)).toPass({ timeout: 10_000 });
  const [plain] = partsOf(smtp.received[0]?.source ?? "");
  const link = /https:\/\/\S+\/verify-email\?token=\S+/.exec(plain?.text ?? "")?.[0] ?? "";
  expect(link.startsWith(`${site}/`)).toBe(true);
  await page.goto(link);
  await page.getByRole("button", { name: /Confirm/ }).click();
  await expect(page.getByText("robin@vale.example is yours.")).toBeVisible();
});

test("the login's cookie is one that no other host, no script and no plain connection can touch", async () => {
  const cookies = await context.cookies();
  const login = cookies.find(({ name }) => name === COOKIE);
  expect(login).toMatchObject({ secure: true, httpOnly: true, sameSite: "Lax", path: "/", domain: "localhost" });
  for (const { name, secure } of cookies) expect(name.startsWith("__") ? secure : name).toBeTruthy();
  expect(cookies.map(({ name }) => name)).not.toContain("next-auth.session-token");
  expect(await page.evaluate(() => document.cookie)).not.toContain("session-token");

  const cookie = await cookieHeader();
  expect((await ask("/api/auth/profile", { headers: { cookie } })).status).toBe(200);
  const renamed = cookie.replace("__Host-next-auth.session", "next-auth.session");
  expect((await ask("/api/auth/profile", { headers: { cookie: renamed } })).status).toBe(401);
});

test("every kind of answer tells the browser to come by TLS alone", async () => {
  const socket = "/socket.io/?EIO=4&transport=polling";
  for (const path of ["/", "/api", "/login", "/nothing-here", "/favicon.svg", "/livez", "/api/nothing", socket])
    expect((await ask(path)).headers["strict-transport-security"], path).toBe(HSTS);
});

test("a page works over TLS: its actions, its policy, and the line on which it hears news", async () => {
  const line = page.waitForEvent("websocket");
  const answer = await page.goto("/dashboard/keys");
  expect((await line).url()).toMatch(/^wss:\/\/localhost:/);
  expect(answer?.headers()["content-security-policy"]).toMatch(/script-src 'self' 'nonce-/);
  await page.getByRole("button", { name: "Create a key" }).click();
  await page.getByLabel("Name").fill("Over TLS");
  await page.getByRole("button", { name: "Create key" }).click();
  await page.getByRole("button", { name: "I have saved it" }).click();
  await expect(page.getByRole("cell", { name: /^Over TLS/ })).toBeVisible();

  const body = JSON.stringify({ email: "robin@vale.example", password: PASSWORD });
  const { token } = JSON.parse((await ask("/api/auth/login", { method: "POST", headers: json, body })).text);
  const made = await ask("/api/keys", {
    method: "POST",
    headers: { ...json, authorization: `Bearer ${token}` },
    body: '{"name":"Made elsewhere"}',
  });
  expect(made.status).toBe(201);
  await expect(page.getByRole("cell", { name: /^Made elsewhere/ })).toBeVisible();
});

test("what a cookie may do, only our own page over TLS may ask for", async () => {
  const cookie = await cookieHeader();
  const make = (origin: string) =>
    ask("/api/keys", { method: "POST", headers: { ...json, cookie, origin }, body: '{"name":"By cookie"}' });
  expect((await make(site)).status).toBe(201);
  const elsewhere = [site.replace("https", "http"), `http://localhost:${PORT}`, "https://localhost", "null"];
  for (const origin of elsewhere) {
    expect(JSON.parse((await make(origin)).text), origin).toMatchObject({ code: "origin_not_allowed" });
    const form = { method: "POST", headers: { cookie, origin, "next-action": "7f00" }, body: "[]" };
    expect((await ask("/dashboard/keys", form)).status, origin).toBe(403);
    expect(await socketFrom(origin, cookie), origin).not.toBe("connected");
  }
  expect(await socketFrom(site, cookie)).toBe("connected");
});

const socketFrom = (origin: string, cookie: string) =>
  new Promise<string>((done) => {
    const socket = io(site, {
      extraHeaders: { origin, cookie },
      ca: proxy.cert,
      transports: ["websocket"],
      forceNew: true,
      reconnection: false,
    });
    const end = (word: string) => {
      socket.disconnect();
      done(word);
    };
    socket.once("connect", () => end("connected"));
    socket.once("connect_error", (error) => end(error.message));
  });

test("whom the proxy speaks for is believed, and nobody else", async () => {
  const login = {
    method: "POST",
    headers: json,
    body: JSON.stringify({ email: "robin@vale.example", password: PASSWORD }),
  };
  const forged = { "x-forwarded-for": "203.0.113.5", "x-real-ip": "203.0.113.5", forwarded: "for=203.0.113.5" };
  const addressOf = async (answer: string) => {
    const authorization = `Bearer ${JSON.parse(answer).token}`;
    const { logins } = JSON.parse((await ask("/api/auth/logins", { headers: { authorization } })).text);
    return logins.find(({ isCurrent }: { isCurrent: boolean }) => isCurrent).ip;
  };
  expect(await addressOf((await ask("/api/auth/login", { ...login, from: "127.0.0.3" })).text)).toBe("127.0.0.3");
  const through = await ask("/api/auth/login", { ...login, headers: { ...json, ...forged }, from: "127.0.0.3" });
  expect(await addressOf(through.text)).toBe("127.0.0.3");

  const past = await pastProxy("/api/auth/login", {
    ...login,
    headers: { ...json, ...forged, host: new URL(site).host },
  });
  expect(await addressOf(past.text)).toBe("127.0.0.1");
  expect((await pastProxy("/api", { headers: { host: `localhost:${PORT}` } })).status).toBe(421);
});

/** Past the proxy, straight to the server. */
const pastProxy = (path: string, { method = "GET", headers = {}, body }: Asked) =>
  new Promise<{ status: number; text: string }>((done, failed) => {
    const sent = plainRequest({ host: "127.0.0.1", port: PORT, path, method, headers }, async (answer) =>
      done({ status: answer.statusCode ?? 0, text: await text(answer) }),
    );
    sent.once("error", failed);
    sent.end(body);
  });

test("a form that cannot be read is refused as the sender's fault", async () => {
  const seen = page.waitForRequest((sent) => sent.headers()["next-action"] !== undefined);
  await page.goto("/forgot-password");
  await page.getByLabel("E-mail").fill("nobody@vale.example");
  await page.getByRole("button", { name: /Send/ }).click();
  const action = (await seen).headers()["next-action"] ?? "";

  const send = (headers: Record<string, string>, body: string) =>
    ask("/forgot-password", {
      method: "POST",
      headers: { origin: site, "content-length": String(body.length), "x-request-id": "my-request-1", ...headers },
      body,
    });
  const plain = { "next-action": action, "content-type": "text/plain;charset=UTF-8" };
  const parts = "multipart/form-data; boundary=B";
  const unreadable: [Record<string, string>, string][] = [
    ...["", "{{{", "5", "null", '["$F1"]', '["$zz"]', "[".repeat(20_000)].map((body): [typeof plain, string] => [
      plain,
      body,
    ]),
    [{ "next-action": action, "content-type": "multipart/form-data" }, "x"],
    [{ "next-action": action, "content-type": parts }, '--B\r\nContent-Disposition: form-data; name="0"\r\n\r\n[1'],
    [{ "content-type": parts }, '--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n'],
  ];
  for (const [headers, body] of unreadable) {
    const answer = await send(headers, body);
    expect(answer.status, body.slice(0, 20)).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ code: "invalid", requestId: "my-request-1" });
  }
  expect((await send(plain, '[{"email":5}]')).status).toBe(200);
});

test("what belongs to a developer's machine is not there", async () => {
  for (const path of ["/local/mailbox", "/local/time", "/metrics"]) expect((await ask(path)).status, path).toBe(404);
});
