import { expect, test } from "vitest";
import { AppError, isOutage, toRefusal } from "./errors";

const coded = (code: string) => Object.assign(new Error("of the inside"), { code });
const wrapped = (cause: Error) => new Error("Failed query", { cause });

test.each([
  "ECONNREFUSED",
  "ECONNRESET",
  "CONNECTION_CLOSED",
  "CONNECT_TIMEOUT",
  "57P01",
  "57P03",
  "53300",
  "08006",
  "25006",
])("%s, however deep, is an outage: come back, and nothing of the inside", (code) => {
  const refusal = toRefusal(wrapped(wrapped(coded(code))));
  expect(refusal).toMatchObject({ status: 503, code: "unavailable", retryAfterSeconds: expect.any(Number) });
  expect(JSON.stringify(refusal)).not.toContain("inside");
});

test.each(["23505", "42P01", "40001", "ENOENT", "22P02"])("%s is no outage", (code) => {
  expect(isOutage(wrapped(coded(code)))).toBe(false);
  expect(toRefusal(wrapped(coded(code)))).toMatchObject({ status: 500, code: "internal" });
});

test("a refusal of ours stays what it is, whatever caused it", () => {
  const error = new AppError("conflict", "That was done already.", { cause: coded("ECONNREFUSED") });
  expect(toRefusal(error)).toMatchObject({ status: 409, code: "conflict" });
});
