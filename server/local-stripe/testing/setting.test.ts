import { expect, test } from "vitest";
import { sandboxOf, settingOf } from "./setting";

test("a run says against what it holds the answers, or that it does not", () => {
  expect(settingOf({ STRIPE_SCHEMA: "package.json" })).toContain("is validated against package.json. No sandbox");
  expect(settingOf({ STRIPE_SCHEMA: "nowhere.json" })).toContain("NOT validated, there is no schema at nowhere.json");
  expect(settingOf({ STRIPE_SANDBOX_KEY: "sk_test_51abc" })).toContain("run against https://api.stripe.com");
});

test("only a real test key opens the sandbox", () => {
  expect(sandboxOf({})).toBeUndefined();
  expect(sandboxOf({ STRIPE_SANDBOX_KEY: "sk_test_51abc" })).toEqual({
    ...{ key: "sk_test_51abc", url: "https://api.stripe.com" },
  });
  for (const key of ["sk_live_51abc", "sk_test_local_demo", "rk_test_51abc", "pk_test_51abc"])
    expect(() => sandboxOf({ STRIPE_SANDBOX_KEY: key })).toThrow("no key of a sandbox");
});

test("another server that says it is like Stripe may be asked instead, by its address", () => {
  const STRIPE_SANDBOX_URL = "http://127.0.0.1:12111";
  expect(sandboxOf({ STRIPE_SANDBOX_KEY: "sk_test_local_demo", STRIPE_SANDBOX_URL })).toEqual({
    ...{ key: "sk_test_local_demo", url: STRIPE_SANDBOX_URL },
  });
});
