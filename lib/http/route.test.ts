import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { idempotency, users } from "@/lib/db/schema";
import { env, provide } from "@/lib/env";
import { aPerson, PASSWORD } from "@/lib/testing/people";
import { type Served, serve } from "@/server/testing/serve";

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());

type Sent = { headers?: Record<string, string>; body?: unknown; method?: string };

async function send(path: string, { headers = {}, body, method = "POST" }: Sent = {}) {
  const answer = await fetch(`${served.url}${path}`, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
}

const someone = (name: string) => ({ name, email: `${name}@route.example`, password: PASSWORD });

test("bad input is named by field and writes nothing", async () => {
  const before = await db().$count(users);
  const cases: [unknown, number, string][] = [
    [{}, 400, "invalid"],
    [{ ...someone("a"), isStaff: true }, 400, "invalid"],
    [{ ...someone("a"), email: "nobody" }, 400, "invalid"],
    ["{", 400, "invalid"],
    ["[]", 400, "invalid"],
    ['{"__proto__":{"isStaff":true}}', 400, "invalid"],
  ];
  for (const [body, status, code] of cases) {
    const answer = await send("/api/auth/register", { body });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(JSON.stringify(answer.body)).not.toMatch(/\bat \/|node_modules|\.ts:/);
    expect(answer.body.requestId).toBe(answer.headers.get("x-request-id"));
  }
  expect((await send("/api/auth/register", { body: "name=x", headers: { "content-type": "text/plain" } })).status).toBe(
    415,
  );
  expect((await send("/api/auth/profile?verbose=1", { method: "GET" })).status).toBe(401);
  expect(await db().$count(users)).toBe(before);
});

test("an address that has the path and not the method says which it answers", async () => {
  const answer = await send("/api/keys", { method: "PUT", body: {} });
  expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, POST, HEAD, OPTIONS"]);
});

test("twenty requests with one Idempotency-Key have one effect and one answer", async () => {
  const headers = { "idempotency-key": "register-mika-once" };
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => send("/api/auth/register", { headers, body: someone("mika") })),
  );
  const settled = answers.filter(({ status }) => status === 201);
  expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
  expect(
    answers
      .filter(({ body }) => body.code === "idempotency_running")
      .every(({ headers }) => headers.get("retry-after") === "1"),
  ).toBe(true);
  expect(answers.some(({ body }) => body.code === "email_taken")).toBe(false);

  const again = await send("/api/auth/register", { headers, body: someone("mika") });
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  for (const { body } of settled) expect(body).toEqual(again.body);
});

test("another body under the same key is refused, a failure is remembered, and tenants never meet", async () => {
  const headers = { "idempotency-key": "the-same-key-twice" };
  const [noor, dana] = [await aPerson(), await aPerson()];
  const create = (token: string, name: string) =>
    send("/api/keys", { headers: { ...headers, authorization: `Bearer ${token}` }, body: { name } });
  const first = await create(noor.token, "one");
  expect(first.status).toBe(201);
  expect((await create(noor.token, "two")).body.code).toBe("idempotency_mismatch");
  expect((await create(dana.token, "two")).status).toBe(201);

  const taken = {
    headers: { "idempotency-key": "a-failure-to-remember" },
    body: { ...someone("x"), email: noor.email },
  };
  const [refused, repeated] = [await send("/api/auth/register", taken), await send("/api/auth/register", taken)];
  expect([refused.status, repeated.status]).toEqual([409, 409]);
  expect(repeated.headers.get("idempotency-replayed")).toBe("true");
});

test("what is kept for a repeat holds no secret in the clear", async () => {
  const { token } = await aPerson();
  const answer = await send("/api/keys", {
    headers: { "idempotency-key": "sealed-answer", authorization: `Bearer ${token}` },
    body: { name: "sealed" },
  });
  const secret = JSON.stringify(answer.body).match(/mk_[0-9A-Za-z]{48}/)?.[0] ?? "none";
  const rows = JSON.stringify(await db().select().from(idempotency));
  expect(rows).not.toContain(secret);
  expect(rows).not.toContain("sealed-answer");
});

test("a cookie changes nothing when the page that sends it is not ours", async () => {
  for (const headers of [
    { cookie: "next-auth.session-token=x" },
    { cookie: "next-auth.session-token=x", origin: "https://evil.example" },
    { cookie: "next-auth.session-token=x", origin: "null" },
  ] as Record<string, string>[]) {
    expect((await send("/api/keys", { headers, body: { name: "forged" } })).body.code).toBe("origin_not_allowed");
  }
});

test("a key in the address is refused outside /api/v1", async () => {
  const { apiKey } = await aPerson();
  const answer = await send(`/api/keys/current?api_key=${apiKey}`, { method: "GET" });
  expect([answer.status, answer.body.error]).toEqual([
    400,
    "api_key is accepted below /api/v1 only. Send the key in the X-API-Key header.",
  ]);
});

test("a kept answer opens after the secret was rotated, and says so when it cannot", async () => {
  const before = env().JWT_SECRET ?? "";
  const sent = { headers: { "idempotency-key": "before-the-rotation" }, body: someone("rota") };
  const first = await send("/api/auth/register", sent);
  expect(first.status).toBe(201);
  try {
    provide({ JWT_SECRET: "another-secret-for-tests-after-rotation", JWT_SECRET_PREVIOUS: before });
    expect((await send("/api/auth/register", sent)).body).toEqual(first.body);
    provide({
      JWT_SECRET: "a-third-secret-for-tests-after-rotation!",
      JWT_SECRET_PREVIOUS: "the-secret-before-that-one-was-another",
    });
    expect((await send("/api/auth/register", sent)).body.code).toBe("gone");
  } finally {
    provide({ JWT_SECRET: before, JWT_SECRET_PREVIOUS: "unused-previous-secret-for-these-tests" });
  }
});
