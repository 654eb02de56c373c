import { beforeEach, expect, test } from "vitest";
import { provide } from "@/lib/env";
import { contentPolicy } from "./browser-headers";

const NOTHING = { STRIPE_LOCAL_URL: "", STRIPE_SECRET_KEY: "", STRIPE_PUBLISHABLE_KEY: "" };

/** The sources of one directive. */
const sources = (directive: string): string[] => {
  const found = contentPolicy("abc")
    .split("; ")
    .find((one) => one.startsWith(`${directive} `));
  return found?.split(" ").slice(1) ?? [];
};

const configure = (parts: Partial<typeof NOTHING>) => {
  const set = Object.entries({ ...NOTHING, ...parts }).map(([name, value]) => [name, value || undefined]);
  provide(Object.fromEntries(set));
};

beforeEach(() => configure({}));

test("without a Stripe a page loads nothing from elsewhere", () => {
  for (const directive of ["script-src", "frame-src", "connect-src"])
    expect(sources(directive).filter((one) => one.includes("://"))).toEqual([]);
});

test("the local Stripe's origin and no other is let in, and the nonce stays", () => {
  configure({ STRIPE_LOCAL_URL: "http://127.0.0.1:12111", STRIPE_SECRET_KEY: "sk_test_local_x" });
  for (const directive of ["script-src", "frame-src", "connect-src"])
    expect(sources(directive).filter((one) => one.includes("://"))).toEqual(["http://127.0.0.1:12111"]);
  expect(sources("script-src")).toContain("'nonce-abc'");
  expect(sources("script-src")).toContain("'strict-dynamic'");
});

test("the real Stripe is let in as it asks to be", () => {
  configure({ STRIPE_SECRET_KEY: "sk_test_x" });
  expect(sources("script-src")).toEqual(expect.arrayContaining(["https://js.stripe.com", "https://*.js.stripe.com"]));
  expect(sources("frame-src")).toEqual(
    expect.arrayContaining(["https://js.stripe.com", "https://*.js.stripe.com", "https://hooks.stripe.com"]),
  );
  expect(sources("connect-src")).toContain("https://api.stripe.com");
  expect(sources("default-src")).toEqual(["'self'"]);
});
