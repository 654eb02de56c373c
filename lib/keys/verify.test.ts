import { eq, sql } from "drizzle-orm";
import { afterEach, expect, test, vi } from "vitest";
import { setClockOffset } from "@/lib/clock";
import { closePool, db } from "@/lib/db/client";
import { keys } from "@/lib/db/schema";
import { env, provide } from "@/lib/env";
import { parseInput } from "@/lib/input";
import { once } from "@/lib/once";
import { aPerson } from "@/lib/testing/people";
import { hours, later } from "@/lib/time";
import { createKey } from "./create";
import { CreateKey } from "./schema";
import { mintSecret } from "./secret";
import { recordKeyUse } from "./usage";
import { forgetKey, verifyKey } from "./verify";

afterEach(() => setClockOffset(0));

const aKey = async (given: Partial<CreateKey> = {}) => {
  const person = await aPerson();
  const made = await createKey(person.ctx, { ...parseInput(CreateKey, {}), ...given });
  return { id: made.id, key: made.apiKey.key, person };
};
const renameBehindOurBack = (id: string, name: string) =>
  db().execute(sql`update keys set name = ${name} where id = ${id}`);

/** Runs `work` with a database that nobody answers for. */
async function withoutDatabase<T>(work: () => Promise<T>): Promise<T> {
  const url = env().DATABASE_URL ?? "";
  await closePool();
  provide({ DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing" });
  try {
    return await work();
  } finally {
    await closePool();
    provide({ DATABASE_URL: url });
  }
}

test("reads a key once and then answers from memory until it is told to forget", async () => {
  const { id, key } = await aKey({ name: "First" });
  expect(await verifyKey(key)).toMatchObject({ name: "First" });
  await renameBehindOurBack(id, "Second");
  expect(await verifyKey(key)).toMatchObject({ name: "First" });
  forgetKey(id);
  expect(await verifyKey(key)).toMatchObject({ name: "Second" });
});

test("needs no database for a key that it holds, nor for one that cannot be ours", async () => {
  const { key } = await aKey();
  await verifyKey(key);
  const last = key.at(-1) === "0" ? "1" : "0";
  await withoutDatabase(async () => {
    expect(await verifyKey(key)).toBeDefined();
    expect(await verifyKey(`${key.slice(0, -1)}${last}`)).toBeUndefined();
    expect(await verifyKey("mk_your_api_key_here")).toBeUndefined();
    expect(await verifyKey(mintSecret("mk").key).catch(() => "asked")).toBe("asked");
  });
});

test("remembers for a while that a well-formed key is unknown", async () => {
  const { key } = mintSecret("mk");
  expect(await verifyKey(key)).toBeUndefined();
  await withoutDatabase(async () => expect(await verifyKey(key)).toBeUndefined());
});

test("refuses another secret under the same public name", async () => {
  const { key } = await aKey();
  const forged = mintSecret("mk");
  const { prefix } = mintSecret("mk");
  await db().execute(sql`update keys set prefix = ${forged.prefix} where prefix = ${key.slice(0, prefix.length)}`);
  expect(await verifyKey(forged.key)).toBeUndefined();
});

test("asks the database once when many want to know at the same moment", async () => {
  const { key } = await aKey();
  const answers = Array.from({ length: 50 }, () => verifyKey(key));
  const { loading } = once("keys", (): { loading: Map<string, unknown> } => ({ loading: new Map() }));
  expect(loading.size).toBe(1);
  expect((await Promise.all(answers)).every((found) => found !== undefined)).toBe(true);
  expect(loading.size).toBe(0);
});

test("keeps nothing that was read before it was told to forget", async () => {
  const { id, key } = await aKey({ name: "First" });
  await verifyKey(key);
  forgetKey(id);
  const underWay = verifyKey(key);
  forgetKey(id);
  await underWay;
  await renameBehindOurBack(id, "Second");
  expect(await verifyKey(key)).toMatchObject({ name: "Second" });
});

test("ends on its expiry though it is held", async () => {
  const { key, person } = await aKey();
  await db()
    .update(keys)
    .set({ expiresAt: later(person.ctx.now, hours(1)) })
    .where(eq(keys.accountId, person.accountId));
  expect(await verifyKey(key)).toBeDefined();
  setClockOffset(hours(2));
  expect(await verifyKey(key)).toBeUndefined();
});

test("ends at the end of an overlap though it is held, and no clock brings it back", async () => {
  const { id, key } = await aKey();
  await db().execute(
    sql`update keys set revoked_at = clock_timestamp() + interval '400 milliseconds' where id = ${id}`,
  );
  expect(await verifyKey(key)).toBeDefined();
  await vi.waitFor(async () => expect(await verifyKey(key)).toBeUndefined(), { timeout: 20_000, interval: 20 });
  setClockOffset(-hours(24));
  forgetKey(id);
  expect(await verifyKey(key)).toBeUndefined();
});

test("writes down when a key was last used, forward only", async () => {
  const { id, key } = await aKey();
  const lastUsed = async () => (await db().select({ at: keys.lastUsedAt }).from(keys).where(eq(keys.id, id)))[0]?.at;
  await verifyKey(key);
  expect(await lastUsed()).toBeNull();
  await recordKeyUse(db());
  const first = await lastUsed();
  expect(first).toBeInstanceOf(Date);

  await db().execute(sql`update keys set last_used_at = '2999-01-01' where id = ${id}`);
  await verifyKey(key);
  await recordKeyUse(db());
  expect((await lastUsed())?.getUTCFullYear()).toBe(2999);
});

test("loses no use when the database is away", async () => {
  const { id, key } = await aKey();
  await verifyKey(key);
  await withoutDatabase(async () => expect(recordKeyUse(db())).rejects.toThrow());
  await recordKeyUse(db());
  const [row] = await db().select({ at: keys.lastUsedAt }).from(keys).where(eq(keys.id, id));
  expect(row?.at).toBeInstanceOf(Date);
});

test("holds a bounded number of unknown keys", async () => {
  const { unknown } = once("keys", (): { unknown: Map<string, number> } => ({ unknown: new Map() }));
  for (let i = 0; i < 20_000; i += 1) unknown.set(`mk_made_up_${i}`, 0);
  await verifyKey(mintSecret("mk").key);
  expect(unknown.size).toBeLessThanOrEqual(20_000);
});
