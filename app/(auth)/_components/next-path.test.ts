import { expect, test } from "vitest";
import { carried, nextForPlan, nextPath } from "./next-path";

test.each([
  ["/dashboard/keys?x=1", "/dashboard/keys?x=1"],
  ["/invite/abc", "/invite/abc"],
  [undefined, "/dashboard"],
  [["/a", "/b"], "/dashboard"],
  ["https://evil.example", "/dashboard"],
  ["//evil.example", "/dashboard"],
  ["/\\evil.example", "/dashboard"],
  ["/\t/evil.example", "/dashboard"],
  ["/.//evil.example/x", "/dashboard"],
  ["/x/..//evil.example", "/dashboard"],
  ["/%2e//evil.example", "/dashboard"],
  ["/./\\evil.example", "/dashboard"],
  ["javascript:alert(1)", "/dashboard"],
  ["/login?next=/login", "/dashboard"],
  ["/api/auth/signout", "/dashboard"],
])("%j leads to %s", (asked, path) => {
  expect(nextPath(asked)).toBe(path);
});

test("what was asked for is carried from page to page", () => {
  expect(carried("/register", { next: "/dashboard" })).toBe("/register");
  expect(carried("/login", { next: "/invite/a?b=c", plan: "rooms-starter" })).toBe(
    "/login?next=%2Finvite%2Fa%3Fb%3Dc&plan=rooms-starter",
  );
});

test("a plan that was pressed leads to where it is paid, unless there was another way", () => {
  const plan = { id: "rooms-starter", interval: "year" as const };
  expect(nextForPlan(undefined, plan)).toBe("/dashboard/billing?plan=rooms-starter&interval=year");
  expect(nextForPlan(undefined, { ...plan, interval: "month" })).toBe("/dashboard/billing?plan=rooms-starter");
  expect(nextForPlan("/support", plan)).toBe("/support");
  expect(nextForPlan("//evil.example", plan)).toBe("/dashboard");
  expect(nextForPlan(undefined, undefined)).toBe("/dashboard");
});
