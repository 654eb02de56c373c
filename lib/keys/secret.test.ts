import { expect, test } from "vitest";
import { KEY_LABELS } from "./schema";
import { digestFrom, mintSecret, readSecret, sameDigest } from "./secret";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const PUBLISHED = /\b(nk|mk|mpk)_(live_|test_)?[0-9A-Za-z]{48}\b/;

/** A generator with a seed, so that a failing mutation can be had again. */
function randomFrom(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

test.each(KEY_LABELS)("makes a %s key that the published expression finds and that verifies", (label) => {
  const { key, prefix, lastFour, hash } = mintSecret(label);
  expect(key).toMatch(new RegExp(`^${label}_[0-9A-Za-z]{48}$`));
  expect(`X-API-Key: ${key}\n`).toMatch(PUBLISHED);
  expect(key.startsWith(prefix)).toBe(true);
  expect(prefix).toHaveLength(label.length + 11);
  expect(key.endsWith(lastFour)).toBe(true);
  expect(hash).not.toContain(key.slice(-38));

  const shown = readSecret(key);
  expect(shown?.prefix).toBe(prefix);
  expect(shown && sameDigest(shown.digest, digestFrom(hash))).toBe(true);
});

test("never takes one of 10,000 mutations for the key", () => {
  const random = randomFrom(20_260_105);
  const { key, prefix, hash } = mintSecret("mk");
  const letter = () => ALPHABET.charAt(random(62));
  const mutations = [
    (at: number) => key.slice(0, at) + letter() + key.slice(at + 1),
    (at: number) => key.slice(0, at) + key.slice(at + 1),
    (at: number) => key.slice(0, at) + letter() + key.slice(at),
    (at: number) => key.slice(0, at) + key.slice(at + 2) + key.slice(at, at + 2),
    (at: number) => [...key].map((one, i) => (i === at || i === (at * 7) % key.length ? letter() : one)).join(""),
    (at: number) =>
      key.slice(0, at) +
      (key[at] === key[at]?.toUpperCase() ? key[at]?.toLowerCase() : key[at]?.toUpperCase()) +
      key.slice(at + 1),
    (at: number) => key.slice(0, at),
    () => `nk${key.slice(2)}`,
    () => ` ${key}`,
    () => `${key}\n`,
  ];
  let tried = 0;
  let passedTheCheck = 0;
  while (tried < 10_000) {
    const mutated = mutations[random(mutations.length)]?.(random(key.length)) ?? "";
    if (mutated === key) continue;
    tried += 1;
    const shown = readSecret(mutated);
    if (!shown) continue;
    passedTheCheck += 1;
    expect(shown.prefix === prefix && sameDigest(shown.digest, digestFrom(hash))).toBe(false);
  }
  expect(passedTheCheck).toBeLessThan(2);
});

test.each([
  "",
  "mk_",
  "mk_short",
  "Bearer mk_x",
  `mk_${"a".repeat(48)}`,
  `sk_${"a".repeat(48)}`,
  `mk_${"ä".repeat(48)}`,
  `mk_${"0".repeat(100_000)}`,
])("takes %.20j for no key", (text) => {
  expect(readSecret(text)).toBeUndefined();
});

test("makes every key of its own, with every character as likely as another", () => {
  const made = Array.from({ length: 5_000 }, () => mintSecret("mk"));
  expect(new Set(made.map(({ key }) => key)).size).toBe(made.length);
  expect(new Set(made.map(({ prefix }) => prefix)).size).toBe(made.length);

  const counts = new Map<string, number>();
  for (const { key } of made) for (const one of key.slice(3, 45)) counts.set(one, (counts.get(one) ?? 0) + 1);
  const expected = (made.length * 42) / 62;
  expect(counts.size).toBe(62);
  for (const seen of counts.values()) expect(Math.abs(seen - expected) / expected).toBeLessThan(0.12);
});

test("compares digests of any length without a throw", () => {
  expect(sameDigest(Buffer.from("a"), Buffer.from("ab"))).toBe(false);
  expect(sameDigest(Buffer.alloc(32), Buffer.alloc(32))).toBe(true);
});
