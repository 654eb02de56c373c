import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { type Ctx, inTx, type KeyActor } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { audit, keys, revocations } from "@/lib/db/schema";
import { newId } from "@/lib/ids";
import { parseInput } from "@/lib/input";
import { FIRST_KEY_SCOPES, WORKING_SCOPES } from "@/lib/scopes";
import { aMember, aPerson, type Person } from "@/lib/testing/people";
import { days, hours, later } from "@/lib/time";
import { createKey } from "./create";
import { currentKey, listKeyPrefixes, listKeys } from "./queries";
import { regenerateKey } from "./regenerate";
import { revokeKey } from "./revoke";
import { CreateKey, MOST_KEYS, MOST_WORKING_KEYS, RegenerateKey } from "./schema";
import { updateKey } from "./update";
import { verifyKey } from "./verify";

const wanted = (given: Partial<CreateKey> = {}): CreateKey => ({ ...parseInput(CreateKey, {}), ...given });
const replacement = (given: Partial<RegenerateKey> = {}): RegenerateKey => ({
  ...parseInput(RegenerateKey, {}),
  ...given,
});

const asKey = ({ ctx, accountId }: Person): Ctx<KeyActor> => ({
  ...ctx,
  actor: { kind: "key", keyId: newId("key"), accountId, scopes: FIRST_KEY_SCOPES },
});

const fillUp = async (person: Person, most: number): Promise<void> => {
  const rows = Array.from({ length: most }, () => ({
    id: newId("key"),
    accountId: person.accountId,
    createdBy: person.userId,
    name: "One of many",
    label: "mk" as const,
    prefix: newId("req"),
    lastFour: "aaaa",
    secretHash: newId("req"),
    scopes: FIRST_KEY_SCOPES,
  }));
  await db().insert(keys).values(rows);
};

describe("creating", () => {
  test("shows the key once and keeps only its hash", async () => {
    const person = await aPerson();
    const made = await createKey(
      person.ctx,
      wanted({ name: "Website", label: "nk", scopes: ["usage:read"], allowedOrigins: ["https://app.example.com"] }),
    );

    expect(made.apiKey.key).toMatch(/^nk_[0-9A-Za-z]{48}$/);
    expect(made.apiKey.note).toBe("Save this API key securely. It will not be shown again.");
    expect(made).toMatchObject({
      name: "Website",
      label: "nk",
      state: "live",
      scopes: ["usage:read"],
      lastUsedAt: null,
    });

    const [row] = await db().select().from(keys).where(eq(keys.id, made.id));
    expect(JSON.stringify(row)).not.toContain(made.apiKey.key.slice(-38));
    expect(JSON.stringify(await listKeys(person.ctx))).not.toContain(made.apiKey.key.slice(-38));
    const written = await db().select().from(audit).where(eq(audit.target, made.id));
    expect(written.map(({ action }) => action)).toEqual(["key.created"]);
    expect(JSON.stringify(written)).not.toContain(made.apiKey.key.slice(-38));

    expect(await verifyKey(made.apiKey.key)).toMatchObject({
      id: made.id,
      accountId: person.accountId,
      scopes: ["usage:read"],
    });
  });

  test("stays inside the limit when fifty are made at the same moment", async () => {
    const person = await aPerson();
    await fillUp(person, MOST_KEYS - 11);
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => createKey(person.ctx, wanted())));

    const refused = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(outcomes.length - refused.length).toBe(10);
    for (const { reason } of refused)
      expect(reason).toMatchObject({ code: "conflict", extras: { flat: { limit: MOST_KEYS, current: MOST_KEYS } } });
    expect((await listKeys(person.ctx)).apiKeys).toHaveLength(MOST_KEYS);
  });

  test("frees the place of a revoked key, and replaces one in a full account", async () => {
    const person = await aPerson();
    await fillUp(person, MOST_KEYS - 1);
    await expect(createKey(person.ctx, wanted())).rejects.toMatchObject({ code: "conflict" });
    const replaced = await regenerateKey(person.ctx, replacement());
    await revokeKey(person.ctx, { id: replaced.id });
    await expect(createKey(person.ctx, wanted())).resolves.toMatchObject({ state: "live" });
  });

  test("works, and touches nothing that is paid, when nothing is asked", async () => {
    const person = await aPerson();
    expect((await createKey(person.ctx, wanted())).scopes).toEqual(WORKING_SCOPES);
  });

  test("refuses a key, a member and an expiry that has passed", async () => {
    const person = await aPerson();
    const member = await aMember(person.accountId, "member");
    const billing = await aMember(person.accountId, "billing");
    await expect(createKey(asKey(person), wanted())).rejects.toMatchObject({ code: "forbidden" });
    await expect(createKey(member.ctx, wanted())).rejects.toMatchObject({ code: "forbidden" });
    await expect(createKey(billing.ctx, wanted())).rejects.toMatchObject({ code: "forbidden" });
    await expect(createKey(person.ctx, wanted({ expiresAt: later(person.ctx.now, -1) }))).rejects.toMatchObject({
      code: "invalid",
    });
    await expect(createKey(person.ctx, wanted({ label: "mpk", scopes: ["usage:read"] }))).rejects.toMatchObject({
      code: "invalid",
    });
  });
});

describe("listing", () => {
  test("shows a member what there is, by prefix and last four", async () => {
    const person = await aPerson();
    const member = await aMember(person.accountId, "member");
    const { apiKeys } = await listKeys(member.ctx);
    expect(apiKeys).toHaveLength(1);
    expect(person.apiKey.startsWith(apiKeys[0]?.prefix ?? "none")).toBe(true);
    expect(person.apiKey.endsWith(apiKeys[0]?.lastFour ?? "none")).toBe(true);
    await expect(listKeys(asKey(person))).rejects.toMatchObject({ code: "forbidden" });
    await expect(listKeys((await aMember(person.accountId, "billing")).ctx)).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  test("pages through all of them once, newest first, revoked ones apart", async () => {
    const person = await aPerson();
    for (let i = 0; i < 6; i += 1) await createKey(person.ctx, wanted({ name: `Key ${i}` }));
    const first = await listKeys(person.ctx, { state: "live", limit: 4 });
    const second = await listKeys(person.ctx, { state: "live", limit: 4, cursor: first.nextCursor ?? newId("key") });
    expect([...first.apiKeys, ...second.apiKeys].map(({ name }) => name).slice(0, 6)).toEqual([
      "Key 5",
      "Key 4",
      "Key 3",
      "Key 2",
      "Key 1",
      "Key 0",
    ]);
    expect(second.nextCursor).toBeNull();

    const ended = first.apiKeys[0];
    await revokeKey(person.ctx, { id: ended?.id ?? newId("key") });
    expect((await listKeys(person.ctx)).apiKeys.map(({ id }) => id)).not.toContain(ended?.id);
    expect((await listKeys(person.ctx, { state: "revoked", limit: 9 })).apiKeys).toMatchObject([
      { id: ended?.id, state: "revoked" },
    ]);
  });

  test("shows the latest revocation first, page by page", async () => {
    const person = await aPerson();
    const made = [];
    for (const name of ["first", "second", "third"]) made.push(await createKey(person.ctx, wanted({ name })));
    for (const name of ["second", "third", "first"])
      await revokeKey(person.ctx, { id: made.find((key) => key.name === name)?.id ?? newId("key") });

    const first = await listKeys(person.ctx, { state: "revoked", limit: 2 });
    const second = await listKeys(person.ctx, { state: "revoked", limit: 2, cursor: first.nextCursor ?? undefined });
    expect([...first.apiKeys, ...second.apiKeys].map(({ name }) => name)).toEqual(["first", "third", "second"]);
    expect(second.nextCursor).toBeNull();
  });

  test("names the good keys only at sign-in", async () => {
    const person = await aPerson();
    const expiring = await createKey(person.ctx, wanted({ expiresAt: later(person.ctx.now, hours(1)) }));
    const revoked = await createKey(person.ctx, wanted());
    await revokeKey(person.ctx, { id: revoked.id });
    const prefixesAt = (now: Date) => inTx({ ...person.ctx, now }, (ctx) => listKeyPrefixes(ctx, person.accountId));
    expect(await prefixesAt(person.ctx.now)).toEqual([expiring.prefix, person.apiKey.slice(0, 13)]);
    expect(await prefixesAt(later(person.ctx.now, hours(2)))).toEqual([person.apiKey.slice(0, 13)]);
  });
});

describe("revoking", () => {
  test("ends a key at once, announces it, and changes nothing the second time", async () => {
    const person = await aPerson();
    const made = await createKey(person.ctx, wanted());
    expect(await verifyKey(made.apiKey.key)).toBeDefined();

    const revoked = await revokeKey(person.ctx, { id: made.id });
    expect(revoked.state).toBe("revoked");
    expect(await verifyKey(made.apiKey.key)).toBeUndefined();
    expect(await revokeKey(person.ctx, { id: made.id })).toEqual(revoked);

    expect(await db().select().from(revocations).where(eq(revocations.subjectId, made.id))).toHaveLength(1);
    const actions = await db().select({ action: audit.action }).from(audit).where(eq(audit.target, made.id));
    expect(actions.map(({ action }) => action).sort()).toEqual(["key.created", "key.revoked"]);
  });

  test("hides another account's key, and refuses a member and a key", async () => {
    const person = await aPerson();
    const stranger = await aPerson();
    const made = await createKey(person.ctx, wanted());
    const member = await aMember(person.accountId, "member");
    await expect(revokeKey(stranger.ctx, { id: made.id })).rejects.toMatchObject({ code: "not_found" });
    await expect(revokeKey(stranger.ctx, { id: newId("key") })).rejects.toMatchObject({ code: "not_found" });
    await expect(revokeKey(member.ctx, { id: made.id })).rejects.toMatchObject({ code: "forbidden" });
    await expect(revokeKey(asKey(person), { id: made.id })).rejects.toMatchObject({ code: "forbidden" });
    expect(await verifyKey(made.apiKey.key)).toBeDefined();
  });
});

describe("changing", () => {
  test("takes effect at the next use and keeps what is not named", async () => {
    const person = await aPerson();
    const made = await createKey(person.ctx, wanted({ name: "Old name", allowedOrigins: ["https://a.example.com"] }));
    await verifyKey(made.apiKey.key);

    const changed = await updateKey(person.ctx, {
      id: made.id,
      changes: { name: "New name", scopes: ["rooms:read"], expiresAt: later(person.ctx.now, days(30)) },
    });
    expect(changed).toMatchObject({
      name: "New name",
      scopes: ["rooms:read"],
      allowedOrigins: ["https://a.example.com"],
      allowQuery: true,
    });
    expect(await verifyKey(made.apiKey.key)).toMatchObject({
      name: "New name",
      scopes: ["rooms:read"],
      allowedOrigins: ["https://a.example.com"],
    });

    expect((await updateKey(person.ctx, { id: made.id, changes: { expiresAt: null } })).expiresAt).toBeNull();
  });

  test("refuses a stranger, a member, a key, a revoked key and rights a publishable key cannot have", async () => {
    const person = await aPerson();
    const made = await createKey(person.ctx, wanted({ label: "mpk" }));
    const rename = { id: made.id, changes: { name: "Mine now" } };
    await expect(updateKey((await aPerson()).ctx, rename)).rejects.toMatchObject({ code: "not_found" });
    await expect(updateKey((await aMember(person.accountId, "member")).ctx, rename)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(updateKey(asKey(person), rename)).rejects.toMatchObject({ code: "forbidden" });
    await expect(updateKey(person.ctx, { id: made.id, changes: { scopes: ["billing:read"] } })).rejects.toMatchObject({
      code: "invalid",
    });
    await expect(updateKey(person.ctx, { id: made.id, changes: { allowQuery: true } })).rejects.toMatchObject({
      code: "invalid",
    });
    await expect(updateKey(person.ctx, { id: made.id, changes: { expiresAt: person.ctx.now } })).rejects.toMatchObject({
      code: "invalid",
    });
    await revokeKey(person.ctx, { id: made.id });
    await expect(updateKey(person.ctx, rename)).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("regenerating", () => {
  test("replaces the caller's newest secret key and ends it at once", async () => {
    const person = await aPerson();
    const newest = await createKey(person.ctx, wanted({ name: "Server", label: "nk", scopes: ["usage:read"] }));
    await createKey(person.ctx, wanted({ label: "mpk" }));

    const made = await regenerateKey(person.ctx, replacement());
    expect(made).toMatchObject({ name: "Server", label: "nk", scopes: ["usage:read"], state: "live" });
    expect(await verifyKey(newest.apiKey.key)).toBeUndefined();
    expect(await verifyKey(made.apiKey.key)).toMatchObject({ id: made.id });
    expect((await listKeys(person.ctx, { state: "revoked", limit: 9 })).apiKeys).toMatchObject([
      { id: newest.id, replacedBy: made.id },
    ]);
    expect(await verifyKey(person.apiKey)).toBeDefined();
  });

  test("lets both work for the overlap, and the old one can be ended before", async () => {
    const person = await aPerson();
    const old = await createKey(person.ctx, wanted());
    await verifyKey(old.apiKey.key);
    const made = await regenerateKey(person.ctx, replacement({ keyId: old.id, overlapHours: 24 }));

    expect(await verifyKey(old.apiKey.key)).toBeDefined();
    expect(await verifyKey(made.apiKey.key)).toBeDefined();
    const listed = (await listKeys(person.ctx)).apiKeys.find(({ id }) => id === old.id);
    expect(listed).toMatchObject({ state: "retiring", replacedBy: made.id });
    const endsInMs = (listed?.revokedAt?.getTime() ?? 0) - Date.now();
    expect(Math.abs(endsInMs - hours(24))).toBeLessThan(60_000);

    await expect(regenerateKey(person.ctx, replacement({ keyId: old.id }))).rejects.toMatchObject({ code: "conflict" });
    expect((await revokeKey(person.ctx, { id: old.id })).state).toBe("revoked");
    expect(await verifyKey(old.apiKey.key)).toBeUndefined();
  });

  test("replaces every key of a full account with an overlap, but does not heap up keys that retire", async () => {
    const person = await aPerson();
    await fillUp(person, MOST_KEYS - 1);
    const replace = async () => regenerateKey(person.ctx, replacement({ overlapHours: 24 }));
    for (let done = 0; done < 2; done += 1) await expect(replace()).resolves.toMatchObject({ state: "live" });
    await expect(createKey(person.ctx, wanted())).rejects.toMatchObject({ code: "conflict" });

    const retiring = { revokedAt: sql`clock_timestamp() + interval '1 day'` };
    await db().update(keys).set(retiring).where(eq(keys.accountId, person.accountId));
    await fillUp(person, MOST_WORKING_KEYS - MOST_KEYS - 2);
    await expect(createKey(person.ctx, wanted())).rejects.toMatchObject({ code: "conflict" });
  });

  test("makes one new key of two requests at once", async () => {
    const person = await aPerson();
    const old = await createKey(person.ctx, wanted());
    const twice = await Promise.allSettled([0, 1].map(() => regenerateKey(person.ctx, replacement({ keyId: old.id }))));
    expect(twice.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await listKeys(person.ctx)).apiKeys).toHaveLength(2);
  });

  test("refuses a stranger, a member, a key, a revoked key and an overlap for a compromised one", async () => {
    const person = await aPerson();
    const made = await createKey(person.ctx, wanted());
    const input = replacement({ keyId: made.id });
    await expect(regenerateKey((await aPerson()).ctx, input)).rejects.toMatchObject({ code: "not_found" });
    await expect(regenerateKey((await aMember(person.accountId, "member")).ctx, input)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(regenerateKey(asKey(person), input)).rejects.toMatchObject({ code: "forbidden" });
    await expect(regenerateKey(person.ctx, { ...input, compromised: true, overlapHours: 1 })).rejects.toMatchObject({
      code: "invalid",
    });
    await revokeKey(person.ctx, { id: made.id });
    await expect(regenerateKey(person.ctx, input)).rejects.toMatchObject({ code: "conflict" });
    expect((await listKeys(person.ctx)).apiKeys).toHaveLength(1);
  });

  test("has nothing to replace where the caller has no secret key", async () => {
    const person = await aPerson();
    const admin = await aMember(person.accountId, "admin");
    await expect(regenerateKey(admin.ctx, replacement())).rejects.toMatchObject({ code: "not_found" });
  });
});

test("a key learns which key it is, with the scopes that this connection leaves it", async () => {
  const person = await aPerson();
  const made = await createKey(person.ctx, wanted({ name: "Website" }));
  const ctx: Ctx<KeyActor> = {
    ...person.ctx,
    actor: { kind: "key", keyId: made.id, accountId: person.accountId, scopes: ["rooms:join"] },
  };
  const answer = { id: made.id, name: "Website", label: "mk", scopes: ["rooms:join"], expiresAt: null };
  expect(await currentKey(ctx)).toEqual(answer);
  await verifyKey(made.apiKey.key);
  expect(await currentKey(ctx)).toEqual(answer);
});

test("a closed account's keys are good for nothing", async () => {
  const person = await aPerson();
  await db().execute(sql`update accounts set closed_at = now() where id = ${person.accountId}`);
  expect(await verifyKey(person.apiKey)).toBeUndefined();
});
