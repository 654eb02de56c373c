import { defineConfig, devices } from "@playwright/test";

const PORT = 3170;
const elsewhere = process.env.E2E_URL;
const baseURL = elsewhere ?? `http://localhost:${PORT}`;
const executablePath = process.env.PLAYWRIGHT_CHROMIUM_PATH;

/** Blank is as good as unset: nothing that the operator configured may be touched by a test. */
const UNTOUCHED = [
  "ALLOWED_HOSTS",
  "CORS_ORIGINS",
  "COST_PER_CALL",
  "DATABASE_URL",
  "FREE_TIER_CALLS",
  "FRONTEND_URL",
  "JWT_SECRET",
  "JWT_SECRET_PREVIOUS",
  "LOG_FILE",
  "MAIL_FROM",
  "METRICS_TOKEN",
  "NEXTAUTH_SECRET",
  "PARLEY_API_MOUNT",
  "PARLEY_ROLES",
  "PUBLIC_URL",
  "RATE_LIMIT_AUTHENTICATED",
  "REDIS_URL",
  "SANDBOX_ROOMS",
  "SEED_DEMO",
  "SMTP_URL",
  "STRIPE_PUBLISHABLE_KEY",
  "STRIPE_SECRET_KEY",
  "STRIPE_WEBHOOK_SECRET",
  "TRUSTED_PROXIES",
  "TURN_SECRET",
  "TURN_URLS",
];

const server = {
  // `exec`, so that its parent is the runner: it ends itself when that is gone.
  command: "exec node ops/launcher/run.mjs start:empty",
  url: `${baseURL}/readyz`,
  timeout: 180_000,
  reuseExistingServer: false,
  gracefulShutdown: { signal: "SIGTERM" as const, timeout: 20_000 },
  env: {
    ...Object.fromEntries(UNTOUCHED.map((name) => [name, ""])),
    PORT: String(PORT),
    HOST: "127.0.0.1",
    PARLEY_MODE: "local",
    PARLEY_TETHERED: "1",
    RATE_LIMIT_ANONYMOUS: "100000",
    SANDBOX_ROOMS: "1000",
    WEBHOOKS_TO_LOOPBACK: "true",
    LOG_LEVEL: "warn",
  },
};

export default defineConfig({
  testDir: "e2e",
  outputDir: ".data/test/e2e",
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  // docs/decisions/0017: what passes only the second time is named as flaky, and is a defect to be found.
  retries: process.env.CI ? 1 : 0,
  // Where a journey hangs, not how fast it should be: two cores may have much else to do.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  ...(!elsewhere && { webServer: server }),
  use: {
    ...devices["Desktop Chrome"],
    baseURL,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        "--disable-dev-shm-usage",
        "--use-fake-ui-for-media-stream",
        // Five pictures a second are enough to see that they move, and leave the processor to the page.
        "--use-fake-device-for-media-stream=fps=5",
        "--disable-domain-reliability",
        "--no-pings",
        "--disable-sync",
        "--disable-default-apps",
        "--disable-client-side-phishing-detection",
        // Nothing outside this machine is asked for anything.
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
      ],
    },
  },
  projects: [{ name: "chromium" }],
});
