import { expect, test } from "vitest";
import { inTx } from "@/lib/ctx";
import { createKey } from "@/lib/keys/create";
import { revokeKey } from "@/lib/keys/revoke";
import { signLoginToken } from "@/lib/logins/token";
import { aMember, aPerson, type Person } from "@/lib/testing/people";
import { later, minutes } from "@/lib/time";
import { type AuthKind, authenticate } from "./request";

type Shown = { headers?: Record<string, string>; path?: string; method?: string; queryKey?: string };

const ask = (kind: AuthKind, { headers = {}, path = "/api/keys", method = "GET", queryKey }: Shown = {}) =>
  authenticate(kind, { method, path, headers: new Headers(headers), queryKey: queryKey ?? null });

/** The code it was refused with, or the actor. */
const outcome = async (kind: AuthKind, shown: Shown): Promise<unknown> =>
  ask(kind, shown).then(
    ({ actor }) => actor.kind,
    (error) => error.code,
  );

const secretKey = (person: Person, options: Partial<Parameters<typeof createKey>[1]> = {}) =>
  createKey(person.ctx, { name: "A key", allowedOrigins: [], expiresAt: null, ...options });

test("each kind of route takes what it says and nothing else", async () => {
  const person = await aPerson();
  const bearer = { authorization: `Bearer ${person.token}` };
  const keyed = { "x-api-key": person.apiKey };
  const cases: [AuthKind, Record<string, string>, string][] = [
    ["public", {}, "guest"],
    ["login", {}, "unauthenticated"],
    ["login", bearer, "user"],
    ["login", keyed, "forbidden"],
    ["key", bearer, "unauthenticated"],
    ["key", keyed, "key"],
    ["key", { authorization: `Bearer ${person.apiKey}` }, "key"],
    ["member", bearer, "user"],
    ["member", keyed, "key"],
    ["member", {}, "unauthenticated"],
    ["staff", bearer, "not_found"],
    ["staff", keyed, "forbidden"],
    ["member", { authorization: "Bearer nonsense" }, "unauthenticated"],
    ["member", { "x-api-key": `${person.apiKey.slice(0, -1)}!` }, "invalid_key"],
    ["member", { ...keyed, authorization: `Bearer mk_${"0".repeat(48)}` }, "invalid"],
  ];
  for (const [kind, headers, expected] of cases)
    expect(await outcome(kind, { headers }), `${kind} ${Object.keys(headers)}`).toBe(expected);
});

test("?api_key= works below /api/v1 for programs, and nowhere else", async () => {
  const { apiKey } = await aPerson();
  const v1 = { path: "/api/v1/insights", queryKey: apiKey };
  const taken = await ask("key", v1);
  expect(taken.actor.kind).toBe("key");
  expect(taken.headers).toMatchObject({
    deprecation: "true",
    "referrer-policy": "no-referrer",
    vary: "Authorization, X-API-Key",
  });

  expect(await outcome("key", { ...v1, path: "/api/keys/current" })).toBe("invalid");
  expect(await outcome("key", { ...v1, path: "/api/v10/insights" })).toBe("invalid");
  expect(await outcome("key", { ...v1, headers: { origin: "http://localhost:3000" } })).toBe("invalid");
  expect(await outcome("key", { ...v1, headers: { "sec-fetch-mode": "navigate" } })).toBe("invalid");
  expect(await outcome("key", { ...v1, headers: { "x-api-key": `mk_${"0".repeat(48)}` } })).toBe("invalid");
  expect(await outcome("key", { ...v1, headers: { "x-api-key": apiKey } })).toBe("key");
});

test("a key can be closed to ?api_key=, and each key has sixty such calls a minute", async () => {
  const person = await aPerson();
  const closed = await secretKey(person, { allowQuery: false });
  expect(await outcome("key", { path: "/api/v1/x", queryKey: closed.apiKey.key })).toBe("invalid_key");

  const { apiKey } = await secretKey(person);
  const outcomes = await Promise.all(
    Array.from({ length: 61 }, () => outcome("key", { path: "/api/v1/x", queryKey: apiKey.key })),
  );
  expect(outcomes.filter((one) => one === "key")).toHaveLength(60);
  expect(outcomes.filter((one) => one === "rate_limited")).toHaveLength(1);
});

test("a secret key in a browser page keeps only what a page may do, from the origins it lists", async () => {
  const person = await aPerson();
  const key = await secretKey(person, { allowedOrigins: ["https://app.example"] });
  const from = (origin: string) => ask("member", { headers: { "x-api-key": key.apiKey.key, origin } });

  const { actor, headers } = await from("https://app.example");
  expect(actor).toMatchObject({ kind: "key", scopes: ["rooms:read", "rooms:write", "rooms:join", "usage:read"] });
  expect(headers["access-control-allow-origin"]).toBe("https://app.example");
  expect((await from("http://localhost:3000")).actor.kind).toBe("key");
  expect((await from("http://localhost:5173")).actor.kind).toBe("key");
  for (const origin of ["https://evil.example", "https://app.example.evil.example", "null", "http://app.example"]) {
    await expect(from(origin)).rejects.toMatchObject({ code: "origin_not_allowed" });
  }
});

test("a revoked key is refused at once where it was revoked", async () => {
  const person = await aPerson();
  const key = await secretKey(person);
  const shown = { headers: { "x-api-key": key.apiKey.key } };
  expect(await outcome("key", shown)).toBe("key");
  await revokeKey(person.ctx, { id: key.id });
  expect(await outcome("key", shown)).toBe("invalid_key");
});

test("a token is good for its own login, its own person and its own time", async () => {
  const [noor, dana] = [await aPerson(), await aPerson()];
  const soon = later(new Date(), minutes(5));
  const bearer = async (claims: Parameters<typeof signLoginToken>[0], until = soon) => ({
    headers: { authorization: `Bearer ${await signLoginToken(claims, until)}` },
  });

  expect(await outcome("login", await bearer({ loginId: noor.loginId, userId: noor.userId }))).toBe("user");
  expect(await outcome("login", await bearer({ loginId: noor.loginId, userId: dana.userId }))).toBe("unauthenticated");
  expect(
    await outcome(
      "login",
      await bearer({ loginId: noor.loginId, userId: noor.userId }, later(new Date(), -minutes(5))),
    ),
  ).toBe("unauthenticated");
  const [header, payload] = noor.token.split(".");
  const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url");
  for (const forged of [`${none}.${payload}.`, `${header}.${payload}.`, `${header}.${payload}.AAAA`]) {
    expect(await outcome("login", { headers: { authorization: `Bearer ${forged}` } })).toBe("unauthenticated");
  }
});

test("what a login may do is its role in the account it acts for", async () => {
  const owner = await aPerson();
  const member = await aMember(owner.accountId, "billing");
  const { actor } = await ask("login", { headers: { authorization: `Bearer ${member.token}` } });
  expect(actor).toMatchObject({ accountId: owner.accountId, role: "billing", isStaff: false });
  await expect(
    inTx(member.ctx, (ctx) => createKey(ctx, { name: "no", allowedOrigins: [], expiresAt: null })),
  ).rejects.toMatchObject({ code: "forbidden" });
});
