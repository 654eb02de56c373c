import { expect, test, vi } from "vitest";
import { isId, newId } from "./ids";

test("ids say what they are, are unique, and sort in the order in which they were made", () => {
  const made = Array.from({ length: 100_000 }, () => newId("key"));
  expect(new Set(made).size).toBe(made.length);
  expect(made.every((id) => isId("key", id))).toBe(true);
  expect([...made].sort()).toEqual(made);
});

test("a clock that steps back changes nothing in their order", () => {
  const before = newId("key");
  vi.spyOn(Date, "now").mockReturnValue(Date.now() - 60_000);
  const after = newId("key");
  expect(after > before).toBe(true);
});

test("nothing else passes for an id", () => {
  const id = newId("key");
  for (const wrong of [
    id.replace("key_", "user_"),
    `${id}0`,
    id.slice(0, -1),
    id.toUpperCase(),
    `${id.slice(0, -1)}i`,
    "",
    null,
    7,
    {},
  ]) {
    expect(isId("key", wrong)).toBe(false);
  }
});
