import fc from "fast-check";
import { expect, test } from "vitest";
import { newId } from "./ids";
import { type Limit, networkOf, takeTurn, takeTurnOrWait } from "./limits";

const allowed = (subject: string, limit: Limit, nowMs: number): boolean => {
  try {
    takeTurn(subject, limit, nowMs);
    return true;
  } catch {
    return false;
  }
};

test("no window of that length ever holds more than the limit, and no free turn is refused", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(400), { maxLength: 200 }), fc.integer({ min: 1, max: 9 }), (gaps, count) => {
      const limit = { count, windowMs: 1_000 };
      const subject = newId("req");
      const taken: number[] = [];
      let now = 0;
      for (const gap of gaps) {
        now += gap;
        const inWindow = taken.filter((at) => now - at < limit.windowMs).length;
        expect(allowed(subject, limit, now)).toBe(inWindow < count);
        if (inWindow < count) taken.push(now);
      }
    }),
  );
});

test("says what is left, and when to come back", () => {
  const limit = { count: 2, windowMs: 60_000 };
  expect(takeTurn("somebody", limit, 0)).toEqual({ limit: 2, remaining: 1, resetSeconds: 60 });
  expect(takeTurn("somebody", limit, 10_000)).toEqual({ limit: 2, remaining: 0, resetSeconds: 50 });
  expect(() => takeTurn("somebody", limit, 20_000)).toThrow(
    expect.objectContaining({ code: "rate_limited", extras: expect.objectContaining({ retryAfterSeconds: 40 }) }),
  );
  expect(takeTurn("somebody", limit, 60_000)).toMatchObject({ remaining: 0 });
  expect(takeTurn("somebody else", limit, 20_000)).toMatchObject({ remaining: 1 });
});

test("one customer's IPv6 network is one subject, however its addresses are written", () => {
  expect(networkOf("2001:db8:1:2:3:4:5:6")).toBe(networkOf("2001:db8:1:2::9"));
  expect(networkOf("2001:db8::1")).toBe("ip:2001:db8:0:0");
  expect(networkOf("::1")).toBe("ip:0:0:0:0");
  expect(networkOf("2001:db8:1:3::9")).not.toBe(networkOf("2001:db8:1:2::9"));
  expect(networkOf("192.0.2.7")).toBe("ip:192.0.2.7");
});

test("what may wait is told how long, and has its turn then", () => {
  const limit = { count: 2, windowMs: 60_000 };
  expect(takeTurnOrWait("patient", limit, 0)).toBe(0);
  expect(takeTurnOrWait("patient", limit, 10_000)).toBe(0);
  expect(takeTurnOrWait("patient", limit, 20_000)).toBe(40_000);
  expect(takeTurnOrWait("patient", limit, 60_000)).toBe(0);
  expect(takeTurnOrWait("patient", limit, 60_000)).toBe(10_000);
});
