import { expect, test } from "vitest";
import { provide } from "@/lib/env";
import { stripeInBrowser } from "./browser";

test("configuration alone says which Stripe.js a page loads", () => {
  expect(() => stripeInBrowser()).toThrow(expect.objectContaining({ code: "unavailable" }));

  provide({ STRIPE_SECRET_KEY: "sk_test_x", STRIPE_PUBLISHABLE_KEY: "pk_test_x" });
  expect(stripeInBrowser()).toEqual({ kind: "real", publishableKey: "pk_test_x", scriptUrl: null });

  provide({
    ...{ STRIPE_SECRET_KEY: "sk_test_local_x", STRIPE_PUBLISHABLE_KEY: "pk_test_local_x" },
    STRIPE_LOCAL_URL: "http://127.0.0.1:12111",
  });
  expect(stripeInBrowser()).toEqual({
    ...{ kind: "local", publishableKey: "pk_test_local_x" },
    scriptUrl: "http://127.0.0.1:12111/endive/stripe.js",
  });
});
