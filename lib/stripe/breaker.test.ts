import { beforeAll, expect, test } from "vitest";
import { log } from "@/lib/log";
import { createBreaker, type Verdict } from "./breaker";

beforeAll(() => {
  log().level = "silent";
});

/** A breaker and a call through it at an instant. */
function aBreaker() {
  const breaker = createBreaker({ mostFailures: 5, restMs: 10_000 });
  const call = (verdict: Verdict, atMs: number) => breaker.admit(atMs)(verdict, atMs);
  const fail = (times: number, atMs: number) => {
    for (let count = 0; count < times; count += 1) call("failed", atMs);
  };
  return { breaker, call, fail };
}

test("opens after five failures in a row, and says when to come back", () => {
  const { breaker, call, fail } = aBreaker();
  fail(4, 0);
  call("answered", 0);
  fail(4, 0);
  expect(breaker.state(0)).toBe("closed");
  fail(1, 0);
  expect(breaker.state(1)).toBe("open");
  expect(() => breaker.admit(4_000)).toThrow(
    expect.objectContaining({ code: "unavailable", extras: expect.objectContaining({ retryAfterSeconds: 6 }) }),
  );
});

test("after the rest one call finds out for all the others", () => {
  const { breaker, fail } = aBreaker();
  fail(5, 0);
  const judge = breaker.admit(10_000);
  expect(() => breaker.admit(10_000)).toThrow("Payments cannot be reached");
  judge("failed", 10_100);
  expect(breaker.state(20_000)).toBe("open");
  breaker.admit(20_100)("answered", 20_200);
  expect(breaker.state(20_200)).toBe("closed");
  fail(4, 20_200);
  expect(breaker.state(20_200)).toBe("closed");
});

test("a probe that never asked leaves the question to the next one", () => {
  const { breaker, fail } = aBreaker();
  fail(5, 0);
  breaker.admit(10_000)("unasked", 10_000);
  breaker.admit(10_000)("answered", 10_000);
  expect(breaker.state(10_000)).toBe("closed");
});

test("a call that was let through before it opened does not close it", () => {
  const { breaker, fail } = aBreaker();
  const slow = breaker.admit(0);
  fail(5, 0);
  slow("answered", 100);
  expect(breaker.state(100)).toBe("open");
});
