import { expect, test } from "vitest";
import { parseEnv } from "./env";

const SECRETS = { JWT_SECRET: "k".repeat(40), NEXTAUTH_SECRET: "n".repeat(40) };
const PRODUCTION = {
  ...SECRETS,
  PARLEY_MODE: "production",
  PUBLIC_URL: "https://parley.test",
  DATABASE_URL: "postgres://db.test/parley",
  SMTP_URL: "smtp://mail.test",
  METRICS_TOKEN: "scrape-scrape-scrape",
};

test("an empty environment is a working local one", () => {
  expect(parseEnv({})).toMatchObject({
    isProduction: false,
    PORT: 3000,
    isPortChosen: false,
    publicUrl: "http://localhost:3000",
    PARLEY_ROLES: ["web", "worker"],
  });
});

test("a complete production environment is taken, FRONTEND_URL included", () => {
  expect(parseEnv(PRODUCTION)).toMatchObject({ isProduction: true, publicUrl: "https://parley.test" });
  const { PUBLIC_URL, ...rest } = PRODUCTION;
  expect(parseEnv({ ...rest, FRONTEND_URL: `${PUBLIC_URL}/app` }).publicUrl).toBe("https://parley.test");
});

test("strangers try rooms out locally, and in production only where the operator says so", () => {
  expect(parseEnv({}).SANDBOX_ROOMS).toBeGreaterThan(0);
  expect(parseEnv(PRODUCTION).SANDBOX_ROOMS).toBe(0);
  expect(parseEnv({ ...PRODUCTION, SANDBOX_ROOMS: "3" }).SANDBOX_ROOMS).toBe(3);
});

test("production names everything that is missing or a placeholder, and prints no value", () => {
  expect(() => parseEnv({ PARLEY_MODE: "production" })).toThrow(
    /PUBLIC_URL[\s\S]*DATABASE_URL[\s\S]*JWT_SECRET[\s\S]*NEXTAUTH_SECRET[\s\S]*SMTP_URL[\s\S]*METRICS_TOKEN/,
  );
  const placeholder = "your-super-secret-jwt-key-change-this-please";
  const refuse = () => parseEnv({ ...PRODUCTION, JWT_SECRET: placeholder });
  expect(refuse).toThrow(/JWT_SECRET: is a placeholder/);
  expect(refuse).not.toThrow(new RegExp(placeholder));
  expect(() => parseEnv({ ...PRODUCTION, NEXTAUTH_SECRET: PRODUCTION.JWT_SECRET })).toThrow(/must differ/);
  expect(() => parseEnv({ ...PRODUCTION, STRIPE_SECRET_KEY: "sk_test_local_x" })).toThrow(/local Stripe/);
});

test("wrong values are named together", () => {
  expect(() => parseEnv({ PORT: "99999", PARLEY_ROLES: "web,cook", JWT_SECRET: "short" })).toThrow(
    /PARLEY_ROLES[\s\S]*PORT[\s\S]*JWT_SECRET/,
  );
});

test("a key goes to the Stripe it belongs to, or nothing starts", () => {
  const local = { STRIPE_SECRET_KEY: "sk_test_local_parley", STRIPE_LOCAL_URL: "http://127.0.0.1:12111" };
  expect(parseEnv(local)).toMatchObject({ ...local, isLive: false });
  expect(parseEnv({ STRIPE_SECRET_KEY: "sk_test_51abc" })).toMatchObject({ isLive: false });
  expect(parseEnv({ STRIPE_SECRET_KEY: "sk_live_51abc", STRIPE_PUBLISHABLE_KEY: "pk_live_51abc" }).isLive).toBe(true);

  for (const key of ["sk_live_51abc", "rk_live_51abc", "sk_test_51abc"]) {
    const refuse = () => parseEnv({ ...local, STRIPE_SECRET_KEY: key });
    expect(refuse).toThrow(/STRIPE_SECRET_KEY: is a key of the real Stripe/);
    expect(refuse).not.toThrow(new RegExp(key));
  }
  expect(() => parseEnv({ ...local, STRIPE_PUBLISHABLE_KEY: "pk_live_51abc" })).toThrow(/STRIPE_PUBLISHABLE_KEY/);
  expect(() => parseEnv({ STRIPE_SECRET_KEY: local.STRIPE_SECRET_KEY })).toThrow(/does not say where/);
  expect(() => parseEnv({ ...local, STRIPE_LOCAL_URL: "127.0.0.1:12111" })).toThrow(/STRIPE_LOCAL_URL/);
  expect(() => parseEnv({ STRIPE_SECRET_KEY: "sk_live_51abc", STRIPE_PUBLISHABLE_KEY: "pk_test_51abc" })).toThrow(
    /one is live/,
  );
});

test("production has no local Stripe, by key or by address", () => {
  expect(() => parseEnv({ ...PRODUCTION, STRIPE_LOCAL_URL: "http://127.0.0.1:12111" })).toThrow(
    /no place in production/,
  );
  expect(() => parseEnv({ ...PRODUCTION, STRIPE_PUBLISHABLE_KEY: "pk_test_local_x" })).toThrow(/local Stripe/);
  expect(parseEnv({ ...PRODUCTION, STRIPE_SECRET_KEY: "sk_live_51abc" }).isLive).toBe(true);
});

test("a process breaks on purpose only where it is tested", () => {
  const asked = { FAILPOINTS: "payment.recorded:exit,settle.written:throw" };
  expect(parseEnv({ ...asked, NODE_ENV: "test" }).FAILPOINTS).toEqual([
    { name: "payment.recorded", failure: "exit" },
    { name: "settle.written", failure: "throw" },
  ]);
  expect(() => parseEnv(asked)).toThrow(/FAILPOINTS: is for tests/);
  expect(() => parseEnv({ ...asked, NODE_ENV: "test", PARLEY_MODE: "production" })).toThrow(/FAILPOINTS: has no place/);
  expect(() => parseEnv({ FAILPOINTS: "everything", NODE_ENV: "test" })).toThrow(/FAILPOINTS/);
});
