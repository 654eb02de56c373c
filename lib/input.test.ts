import { expect, test } from "vitest";
import { z } from "zod";
import { isAppError } from "./errors";
import { Email, line, parseInput } from "./input";

const Form = z.strictObject({
  name: line(10, "name"),
  email: Email,
  size: z.number().int().min(1).max(5),
  kind: z.enum(["a", "b"]),
  tags: z.array(z.string()).max(2).optional(),
});
const GOOD = { name: "Noor", email: "noor@lantern.example", size: 3, kind: "a" };

/** The sentence for each field that is refused. */
function refused(value: unknown): unknown {
  try {
    parseInput(Form, value);
    return {};
  } catch (error) {
    return isAppError(error) ? error.extras.details?.fields : error;
  }
}

test("each wrong field is named with a sentence", () => {
  const cases: [Record<string, unknown>, string, RegExp][] = [
    [{ name: undefined }, "name", /^name is missing\.$/],
    [{ name: "" }, "name", /must not be empty/],
    [{ name: " \u202e " }, "name", /must not be empty/],
    [{ name: "x".repeat(11) }, "name", /at most 10 characters/],
    [{ name: 7 }, "name", /must be text/],
    [{ email: "nobody" }, "email", /Enter an e-mail address/],
    [{ size: 0 }, "size", /at least 1/],
    [{ size: 9 }, "size", /at most 5/],
    [{ size: 1.5 }, "size", /whole number/],
    [{ size: "3" }, "size", /must be a number/],
    [{ kind: "c" }, "kind", /one of: a, b/],
    [{ tags: ["a", 7] }, "tags.1", /must be text/],
    [{ isStaff: true }, "isStaff", /is not a field here/],
  ];
  for (const [change, field, sentence] of cases)
    expect(refused({ ...GOOD, ...change })).toMatchObject({ [field]: expect.stringMatching(sentence) });
  for (const value of [null, [], "text", 7]) expect(refused(value)).toHaveProperty("input");
});

test("every wrong field is told at once, and a long unknown name is cut", () => {
  expect(Object.keys(refused({ email: 7, ["x".repeat(500)]: 1 }) as object)).toHaveLength(5);
  expect(JSON.stringify(refused({ ...GOOD, ["x".repeat(500)]: 1 })).length).toBeLessThan(700);
});

test("text is cleaned, not changed", () => {
  expect(parseInput(Form, { ...GOOD, name: "  Zoe\u0308\u0000 ", email: " Noor@Lantern.Example " })).toMatchObject({
    name: "Zoë",
    email: "noor@lantern.example",
  });
});

test("a name that nobody can see is none, and a thousand wrong fields get twenty sentences", () => {
  for (const name of ["\u200b", "\u3164", "\u2028", "\ud800", "\u0301"])
    expect(refused({ ...GOOD, name })).toHaveProperty("name");
  expect(parseInput(Form, { ...GOOD, name: "a\ud800b" }).name).toBe("ab");
  expect(refused({ ...GOOD, constructor: 1 })).toHaveProperty("constructor");
  const flood = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`field${i}`, 1]));
  expect(Object.keys(refused({ ...GOOD, ...flood }) as object)).toHaveLength(20);
});
