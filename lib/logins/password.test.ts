import { expect, test } from "vitest";
import { hashing, hashPassword, isPassword } from "./password";

test("a password belongs to its own hash only, however its letters were typed", async () => {
  const hash = await hashPassword("Grüße vom Kai");
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await isPassword("Gru\u0308ße vom Kai", hash)).toBe(true);
  expect(await isPassword("Grusse vom Kai", hash)).toBe(false);
});

test("without a hash nothing matches, and the work is done all the same", async () => {
  const before = hashing().done;
  expect(await isPassword("whatever it may be", undefined)).toBe(false);
  expect(await isPassword("whatever it may be", "$2b$12$of-another-kind")).toBe(false);
  expect(hashing().done).toBe(before + 2);
});

test("a flood of passwords is refused past twenty that wait, and the queue empties", async () => {
  const tries = await Promise.allSettled(Array.from({ length: 60 }, () => hashPassword("quiet-ledger-seven")));
  const refused = tries.filter((one) => one.status === "rejected");
  expect(tries.length - refused.length).toBeGreaterThanOrEqual(21);
  expect(refused.length).toBeGreaterThan(0);
  for (const { reason } of refused)
    expect(reason).toMatchObject({ code: "unavailable", extras: { retryAfterSeconds: 2 } });
  expect(hashing()).toMatchObject({ running: 0, waiting: 0 });
  await expect(hashPassword("quiet-ledger-seven")).resolves.toContain("argon2id");
});
