import { request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aPerson } from "@/lib/testing/people";
import { type Served, serve } from "./testing/serve";

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());

/** Sends bytes as they are and reads what comes back, for requests that no client library would send. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(served.port, "127.0.0.1", () => socket.end(bytes));
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
  });
}

const statusOf = (answer: string) => Number(answer.split(" ")[1]);
const get = (target: string, ...headers: string[]) =>
  raw([`GET ${target} HTTP/1.1`, "Connection: close", ...headers, "", ""].join("\r\n"));
const host = "Host: localhost:3000";

test("only a plain path is a target", async () => {
  for (const target of [
    "http://evil.example/",
    "//evil.example/x",
    "/a\\b",
    "/api/%E0%A4%A",
    "/x/../api/keys",
    "/x/%2e%2E/api/keys",
  ])
    expect(statusOf(await get(target, host))).toBe(400);
});

test("a foreign host is refused before anything else", async () => {
  expect(statusOf(await get("/livez", "Host: evil.example"))).toBe(421);
  expect(statusOf(await get("/livez", host))).toBe(200);
  expect(statusOf(await get("/livez", "Host: 127.0.0.1:9"))).toBe(200);
});

test("headers by which a client could speak as a proxy, the framework or ourselves do not get in", async () => {
  const forged = [
    "X-Forwarded-For: 1.2.3.4",
    "X-Forwarded-Host: evil.example",
    "Forwarded: for=1.2.3.4",
    "X-Real-IP: 1.2.3.4",
    "x-middleware-subrequest: middleware",
    "Next-Resume: 1",
    "x-invoke-path: /admin",
    "x-internal-user: root",
    "x-parley-ip: 9.9.9.9",
    "x-parley-query-key: mk_x",
    "x-nonce: EVIL",
    "Content-Security-Policy: script-src EVIL",
  ];
  const answer = await get("/seen", host, ...forged, "RSC: 1", "Next-Router-State-Tree: x");
  expect(answer).not.toMatch(/1\.2\.3\.4|evil\.example|subrequest|EVIL|9\.9\.9\.9|mk_x|"next-resume"/);
  expect(answer).toMatch(/"x-parley-ip":"127\.0\.0\.1"/);
  expect(answer).toMatch(/"rsc":"1"/);
});

test("a key in the address is taken out of it before anything reads or logs it", async () => {
  const answer = await get("/page?api_key=mk_secret&q=1", host);
  expect(answer).toContain("page /page?q=1 ");
  expect(answer).toContain('"x-parley-query-key":"mk_secret"');
});

test("too many headers, too large a body, and a body larger than it said", async () => {
  expect(statusOf(await get("/livez", host, ...Array.from({ length: 101 }, (_, i) => `X-H${i}: 1`)))).toBe(431);
  expect(statusOf(await raw(`POST /api/auth/login HTTP/1.1\r\n${host}\r\nContent-Length: 2000000\r\n\r\n`))).toBe(413);

  const answer = await new Promise<number>((resolve, reject) => {
    const req = request(
      `${served.url}/api/auth/login`,
      { method: "POST", headers: { "content-type": "application/json", "transfer-encoding": "chunked" } },
      (res) => {
        resolve(res.statusCode ?? 0);
        text(res).catch(() => undefined);
      },
    );
    req.on("error", reject);
    const chunk = "x".repeat(64 * 1_024);
    for (let i = 0; i < 20; i += 1) req.write(chunk);
    req.end();
  });
  expect(answer).toBe(413);
});

test("an upgrade goes to the sockets or nowhere", async () => {
  const upgrade = (target: string, name = host) =>
    raw(
      `GET ${target} HTTP/1.1\r\n${name}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    );
  expect(await upgrade("/_next/webpack-hmr")).toBe("");
  expect(await upgrade("/")).toBe("");
  expect(await upgrade("/socket.io/?EIO=4&transport=websocket", "Host: evil.example")).toBe("");
  expect(await upgrade("/socket.io/?EIO=4&transport=websocket")).toMatch(/^HTTP\/1\.1 101/);
});

test("every answer names its request, by the client's own word when it is a plain one", async () => {
  const answer = await fetch(`${served.url}/api/nothing`, { headers: { "x-request-id": "my-request-1" } });
  expect(answer.headers.get("x-request-id")).toBe("my-request-1");
  expect(await answer.json()).toMatchObject({ code: "not_found", requestId: "my-request-1" });
  const other = await fetch(`${served.url}/api/nothing`, { headers: { "x-request-id": "<script>" } });
  expect(other.headers.get("x-request-id")).toMatch(/^req_/);
});

test("pages carry the browser's rules with a nonce of their own, every time another", async () => {
  const policies = await Promise.all(
    [1, 2].map(
      async () =>
        (await fetch(`${served.url}/x`, { headers: { accept: "text/html" } })).headers.get("content-security-policy") ??
        "",
    ),
  );
  const [first, second] = policies.map((policy) => /'nonce-([^']{20,})'/.exec(policy)?.[1]);
  expect(first).toBeTruthy();
  expect(first).not.toBe(second);
  expect(policies[0]).toMatch(/frame-ancestors 'none'/);
  expect(policies[0]).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
});

test("the root is a page for people and a description for programs", async () => {
  expect(await (await fetch(`${served.url}/`, { headers: { accept: "text/html" } })).text()).toMatch(/^page \/ /);
  expect((await fetch(`${served.url}/`)).headers.get("content-type")).toMatch(/json/);
});

test("ready says no while it drains, alive says yes", async () => {
  const other = await serve();
  expect((await fetch(`${other.url}/readyz`)).status).toBe(200);
  other.drain();
  expect((await fetch(`${other.url}/readyz`)).status).toBe(503);
  expect((await fetch(`${other.url}/livez`)).status).toBe(200);
  await other.close();
});

test("a page elsewhere may ask, and may read only what its key or the operator allows", async () => {
  const { apiKey } = await aPerson();
  const from = (origin: string, path = "/api/keys/current") =>
    fetch(`${served.url}${path}`, { headers: { origin, "x-api-key": apiKey } });
  const preflight = await fetch(`${served.url}/api/keys/current`, {
    method: "OPTIONS",
    headers: { origin: "https://app.example" },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-headers")).toMatch(/X-API-Key/);
  expect((await from("https://app.example")).status).toBe(403);
  expect((await from("https://app.example")).headers.get("access-control-allow-origin")).toBeNull();
  const local = await from("http://localhost:5173");
  expect([local.status, local.headers.get("access-control-allow-origin")]).toEqual([200, "http://localhost:5173"]);
});

test("a page is changed by its own forms alone, and by none of unknown length", async () => {
  const post = (...headers: string[]) =>
    raw(["POST /dashboard HTTP/1.1", host, "Connection: close", ...headers, "", ""].join("\r\n"));
  const own = "Origin: http://localhost:3000";
  expect(statusOf(await post("Content-Length: 0"))).toBe(403);
  expect(statusOf(await post("Content-Length: 0", "Origin: https://evil.example"))).toBe(403);
  expect(statusOf(await post("Content-Length: 0", own, "Sec-Fetch-Site: cross-site"))).toBe(403);
  expect(statusOf(await post("Transfer-Encoding: chunked", own))).toBe(411);
  expect(statusOf(await post("Content-Length: 0", own))).toBe(200);
});

test("the login library takes no log lines from strangers", async () => {
  expect((await fetch(`${served.url}/api/auth/_log`, { method: "POST", body: "{}" })).status).toBe(404);
});
