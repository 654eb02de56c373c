import { describe, expect, test } from "vitest";
import { parseInput } from "@/lib/input";
import { WORKING_SCOPES } from "@/lib/scopes";
import { hours } from "@/lib/time";
import { overlapOf, queryFor, requireFuture, scopesFor, stateOf, usualLabel } from "./rules";
import { CreateKey, KeyChanges } from "./schema";

const NOON = new Date("2026-01-05T12:00:00Z");
const LATER = new Date("2026-01-05T13:00:00Z");
const fieldsOf = (schema: typeof CreateKey | typeof KeyChanges, value: unknown): string[] => {
  try {
    parseInput(schema, value);
    return [];
  } catch (error) {
    return Object.keys((error as { extras: { details: { fields: object } } }).extras.details.fields);
  }
};

test.each([
  ["gateway", "nk"],
  ["rooms", "mk"],
  [undefined, "mk"],
] as const)("an address of the family %s gives the label %s", (family, label) => {
  expect(usualLabel(family)).toBe(label);
});

test("a key can do nothing that is not named, and works without touching what is paid when nothing is said", () => {
  expect(scopesFor("mk", ["usage:read"])).toEqual(["usage:read"]);
  expect(scopesFor("nk", undefined)).toEqual(WORKING_SCOPES);
});

test("a publishable key joins rooms and nothing else", () => {
  expect(scopesFor("mpk", undefined)).toEqual(["rooms:join"]);
  expect(scopesFor("mpk", ["rooms:join"])).toEqual(["rooms:join"]);
  expect(() => scopesFor("mpk", ["rooms:join", "usage:read"])).toThrow("usage:read");
  expect(queryFor("mpk", undefined)).toBe(false);
  expect(() => queryFor("mpk", true)).toThrow("not accepted");
});

test("an expiry is in the future", () => {
  expect(() => requireFuture(NOON, NOON)).toThrow("future");
  expect(() => requireFuture(LATER, NOON)).not.toThrow();
  expect(() => requireFuture(null, NOON)).not.toThrow();
});

test("a compromised key gets no overlap", () => {
  expect(overlapOf({ overlapHours: 24, compromised: false })).toBe(hours(24));
  expect(overlapOf({ overlapHours: 0, compromised: true })).toBe(0);
  expect(() => overlapOf({ overlapHours: 1, compromised: true })).toThrow("ends at once");
});

test.each([
  [{ hasEnded: false, revokedAt: null, expiresAt: null }, "live"],
  [{ hasEnded: false, revokedAt: LATER, expiresAt: null }, "retiring"],
  [{ hasEnded: false, revokedAt: null, expiresAt: NOON }, "expired"],
  [{ hasEnded: false, revokedAt: LATER, expiresAt: NOON }, "expired"],
  [{ hasEnded: true, revokedAt: NOON, expiresAt: NOON }, "revoked"],
] as const)("%j is %s", (key, state) => {
  expect(stateOf(key, NOON)).toBe(state);
});

describe("what a key is made from", () => {
  test("needs nothing", () => {
    expect(parseInput(CreateKey, {})).toEqual({ name: "API key", allowedOrigins: [], expiresAt: null });
  });

  test.each([
    ["name", { name: "" }],
    ["name", { name: "x".repeat(61) }],
    ["name", { name: 7 }],
    ["label", { label: "sk" }],
    ["scopes", { scopes: [] }],
    ["scopes", { scopes: "rooms:read" }],
    ["scopes.0", { scopes: ["keys:write"] }],
    ["scopes.1", { scopes: ["rooms:read", "*"] }],
    ["allowedOrigins.0", { allowedOrigins: ["https://app.example.com/"] }],
    ["allowedOrigins.0", { allowedOrigins: ["app.example.com"] }],
    ["allowedOrigins.0", { allowedOrigins: ["*"] }],
    ["allowedOrigins.0", { allowedOrigins: ["null"] }],
    ["allowedOrigins.0", { allowedOrigins: ["javascript:alert(1)"] }],
    ["allowedOrigins.0", { allowedOrigins: ["https://a.example.com:443"] }],
    ["allowedOrigins.0", { allowedOrigins: ["https://user@a.example.com"] }],
    ["allowedOrigins", { allowedOrigins: Array.from({ length: 21 }, (_, i) => `https://a${i}.example.com`) }],
    ["expiresAt", { expiresAt: "tomorrow" }],
    ["expiresAt", { expiresAt: "2026-02-30T00:00:00Z" }],
    ["expiresAt", { expiresAt: 0 }],
    ["expiresAt", { expiresAt: "9999-12-31T23:59:59-23:59" }],
    ["allowQuery", { allowQuery: "yes" }],
    ["accountId", { accountId: "account_x" }],
  ])("refuses a wrong %s: %j", (field, value) => {
    expect(fieldsOf(CreateKey, value)).toEqual([field]);
  });

  test("says one thing of a list that is far too long, not one of each of its elements", () => {
    const long = Array.from({ length: 100_000 }, () => "nothing like it");
    expect(fieldsOf(CreateKey, { scopes: long, allowedOrigins: long })).toEqual(["scopes", "allowedOrigins"]);
    expect(fieldsOf(KeyChanges, { scopes: long, allowedOrigins: long })).toEqual(["scopes", "allowedOrigins"]);
  });

  test("takes the last second that there is", () => {
    expect(fieldsOf(CreateKey, { expiresAt: "9999-12-31T23:59:59Z" })).toEqual([]);
  });

  test("keeps an origin once, as a browser sends it", () => {
    const { allowedOrigins } = parseInput(CreateKey, {
      allowedOrigins: ["https://app.example.com", "http://192.168.1.5:8080", "https://app.example.com"],
    });
    expect(allowedOrigins).toEqual(["https://app.example.com", "http://192.168.1.5:8080"]);
  });

  test("a change names at least one field", () => {
    expect(fieldsOf(KeyChanges, {})).toEqual(["input"]);
    expect(fieldsOf(KeyChanges, { name: "Server", label: "nk" })).toEqual(["label"]);
  });
});
