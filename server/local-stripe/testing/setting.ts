import { existsSync } from "node:fs";

type Environment = Record<string, string | undefined>;

/** Where the contract is. Without it the tests run and validate nothing, and the run says so. */
export const contractFileOf = ({ STRIPE_SCHEMA }: Environment): string =>
  STRIPE_SCHEMA ?? "../shared/data/stripe-openapi-subset.json";

/**
 * The sandbox that the tests run against instead of a server of their own. Its key is a real test key; with an address,
 * any server that says it is like Stripe, under any key of it.
 */
export function sandboxOf({ STRIPE_SANDBOX_KEY: key, STRIPE_SANDBOX_URL: url }: Environment) {
  if (!key) return undefined;
  if (url) return { key, url };
  if (!/^sk_test_(?!local_)/.test(key))
    throw new Error("STRIPE_SANDBOX_KEY is no key of a sandbox. Only a real sk_test_ key is taken, never a live one.");
  return { key, url: "https://api.stripe.com" };
}

/** What a run of the tests of the local Stripe proves, in a sentence. */
export function settingOf(environment: Environment): string {
  const file = contractFileOf(environment);
  const sandbox = sandboxOf(environment);
  if (sandbox) return `Local Stripe: its tests run against ${sandbox.url}, as far as they can there.`;
  return existsSync(file)
    ? `Local Stripe: every answer and event is validated against ${file}. No sandbox is asked.`
    : `Local Stripe: answers are NOT validated, there is no schema at ${file}. No sandbox is asked.`;
}
