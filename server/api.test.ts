import { request } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { env } from "@/lib/env";
import { aPerson } from "@/lib/testing/people";
import { type Served, serve } from "./testing/serve";

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());

const current = (key: string, init: RequestInit = {}) =>
  fetch(`${served.url}/api/keys/current`, { ...init, headers: { "x-api-key": key } });

test("HEAD answers as GET does, without the body", async () => {
  const { apiKey } = await aPerson();
  const [got, headed] = [await current(apiKey), await current(apiKey, { method: "HEAD" })];
  expect(headed.status).toBe(200);
  expect(headed.headers.get("content-length")).toBe(String(Buffer.byteLength(await got.text())));
  expect(await headed.text()).toBe("");
});

test("every answer carries the common headers, refusals too", async () => {
  for (const path of ["/api/keys/current", "/api/nothing"]) {
    const { headers } = await fetch(`${served.url}${path}`);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-request-id")).toMatch(/^req_/);
  }
});

test("a body in pieces, split inside a letter, is read whole", async () => {
  const { token } = await aPerson();
  const body = Buffer.from(JSON.stringify({ name: "Schlüssel für später" }));
  const middle = body.indexOf("ü") + 1;
  const answer = await new Promise<string>((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const req = request(`${served.url}/api/keys`, { method: "POST", headers }, (res) => resolve(text(res)));
    req.on("error", reject);
    req.write(body.subarray(0, middle), () => req.end(body.subarray(middle)));
  });
  expect(JSON.parse(answer)).toMatchObject({ name: "Schlüssel für später" });
});

test("a client that leaves in the middle of its body leaves nothing behind", async () => {
  const { token } = await aPerson();
  await new Promise<void>((resolve) => {
    const socket = connect(served.port, "127.0.0.1", () => {
      const head = `POST /api/keys HTTP/1.1\r\nHost: localhost:3000\r\nAuthorization: Bearer ${token}\r\nContent-Length: 100\r\n\r\n{"name`;
      socket.write(head, () => socket.destroy());
    });
    socket.on("close", () => resolve());
  });
  const list = await fetch(`${served.url}/api/keys`, { headers: { authorization: `Bearer ${token}` } });
  expect((await list.json()).apiKeys).toHaveLength(1);
});

test("wrong keys are counted against their address, and a right one from there still works", async () => {
  const { apiKey } = await aPerson();
  const outcomes: number[] = [];
  for (let i = 0; i < env().RATE_LIMIT_ANONYMOUS + 1; i += 1) outcomes.push((await current("mk_wrong")).status);
  expect(outcomes[0]).toBe(401);
  expect(outcomes.at(-1)).toBe(429);
  expect((await current(apiKey)).status).toBe(200);
});
