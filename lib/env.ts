import { z } from "zod";
import { dollars } from "@/lib/money";
import { once } from "@/lib/once";

const flag = z.enum(["true", "false", "1", "0"]).transform((text) => text === "true" || text === "1");
const list = z.string().transform((text) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean),
);
const whole = z.coerce.number().int();
const failpoint = z
  .string()
  .regex(/^[\w.]+:(?:exit|throw)$/, "names a place and what happens there, as in payment.recorded:exit")
  .transform((text) => {
    const [name = "", failure] = text.split(":");
    return { name, failure: failure === "exit" ? ("exit" as const) : ("throw" as const) };
  });
const secret = z.string().min(32, "needs at least 32 characters");

/** Every name that the environment may set. `.env.example` explains those that are an operator's. */
const Environment = z.object({
  PARLEY_MODE: z.enum(["local", "production"]).default("local"),
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  PARLEY_DATA: z.string().default(".data"),
  PARLEY_ROLES: list.default(["web", "worker"]).pipe(z.array(z.enum(["web", "worker"])).min(1)),
  PORT: whole.min(0).max(65_535).default(3000),
  HOST: z.string().default("127.0.0.1"),
  PUBLIC_URL: z.url().optional(),
  FRONTEND_URL: z.url().optional(),
  ALLOWED_HOSTS: list.default([]),
  TRUSTED_PROXIES: list.default([]),
  CORS_ORIGINS: list.default([]),
  DATABASE_URL: z.string().optional(),
  DATABASE_POOL: whole.min(1).max(200).default(12),
  REDIS_URL: z.string().optional(),
  JWT_SECRET: secret.optional(),
  JWT_SECRET_PREVIOUS: secret.optional(),
  NEXTAUTH_SECRET: secret.optional(),
  METRICS_TOKEN: z.string().min(16).optional(),
  SMTP_URL: z.string().optional(),
  MAIL_FROM: z.string().default("Parley <no-reply@parley.example>"),
  STRIPE_SECRET_KEY: z.string().optional(),
  /** Where a local Stripe answers. Set at boot when there is no key; set by hand for one that runs elsewhere. */
  STRIPE_LOCAL_URL: z.url({ protocol: /^https?$/ }).optional(),
  STRIPE_PUBLISHABLE_KEY: z.string().optional(),
  /** One for each endpoint, and during a change of secrets the old ones too. */
  STRIPE_WEBHOOK_SECRET: list.default([]),
  /** What a billed call costs, in dollars, and how many each month are free. Left out, the catalogue's. */
  COST_PER_CALL: z
    .string()
    .regex(/^\d{1,4}(\.\d{1,6})?$/, "is an amount in dollars with at most six decimals")
    .transform(dollars)
    .optional(),
  FREE_TIER_CALLS: whole.min(0).max(1_000_000_000).optional(),
  /** How long an account tries its first paid plan of a family before it is charged. */
  TRIAL_DAYS: whole.min(0).max(90).default(0),
  /** Whether events may be sent to this machine itself: for trying webhooks out, never in production. */
  WEBHOOKS_TO_LOOPBACK: flag.default(false),
  TURN_URLS: list.default([]),
  TURN_SECRET: z.string().optional(),
  /** How many a room holds while everybody sends to everybody. */
  MESH_SEATS: whole.min(2).max(16).default(6),
  /** How many rooms to try out an address gets in an hour; 0 has none. Left out, local mode has some and production none. */
  SANDBOX_ROOMS: whole.min(0).max(10_000).optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  LOG_FILE: z.string().optional(),
  RATE_LIMIT_ANONYMOUS: whole.min(1).default(100),
  RATE_LIMIT_AUTHENTICATED: whole.min(1).default(600),
  /** Events a second on all sockets of one account together, in each process. */
  RATE_LIMIT_SOCKET: whole.min(1).default(2_000),
  RATE_LIMIT_PAYMENTS: whole.min(1).default(20),
  SEED_DEMO: flag.default(true),
  /** Where this process breaks on purpose, for tests that kill it there. */
  FAILPOINTS: list.default([]).pipe(z.array(failpoint)),
  /** Which of the two mounts answers the API; `pages` exists for comparison. */
  PARLEY_API_MOUNT: z.enum(["server", "pages"]).default("server"),
});

export type Env = Readonly<Omit<z.output<typeof Environment>, "SANDBOX_ROOMS">> & {
  /** Where people reach us. The only source of absolute addresses. */
  readonly publicUrl: string;
  readonly publicHost: string;
  readonly isProduction: boolean;
  /** Whether real money can move. */
  readonly isLive: boolean;
  readonly SANDBOX_ROOMS: number;
  /** Whether the operator asked for just this port. */
  readonly isPortChosen: boolean;
};

/** What local mode makes for itself at boot, so that nothing has to be configured. */
export type LocalParts = Record<
  | "DATABASE_URL"
  | "JWT_SECRET"
  | "JWT_SECRET_PREVIOUS"
  | "NEXTAUTH_SECRET"
  | "PUBLIC_URL"
  | "STRIPE_LOCAL_URL"
  | "STRIPE_SECRET_KEY"
  | "STRIPE_PUBLISHABLE_KEY"
  | "STRIPE_WEBHOOK_SECRET",
  string
>;

const LOCAL_SANDBOX_ROOMS = 30;

const REQUIRED_IN_PRODUCTION = [
  "PUBLIC_URL",
  "DATABASE_URL",
  "JWT_SECRET",
  "NEXTAUTH_SECRET",
  "SMTP_URL",
  "METRICS_TOKEN",
] as const;
/** Not asked for, but not to be left as examples have them either. */
const ALSO_NO_PLACEHOLDER = [
  "FRONTEND_URL",
  "JWT_SECRET_PREVIOUS",
  "STRIPE_SECRET_KEY",
  "STRIPE_PUBLISHABLE_KEY",
  "STRIPE_WEBHOOK_SECRET",
  "TURN_SECRET",
] as const;
const PLACEHOLDER = /your[-_ ]|change[-_ ]?me|super-secret|placeholder|example-secret|xxxx/i;

const slot = () =>
  once<{ parts: Partial<LocalParts>; env: Env | undefined }>("env", () => ({ parts: {}, env: undefined }));

/** Completes the environment with what local mode provides. What the operator set wins. */
export function provide(parts: Partial<LocalParts>): void {
  Object.assign(slot().parts, parts);
  slot().env = undefined;
}

export function env(): Env {
  const held = slot();
  held.env ??= parseEnv({ ...held.parts, ...withoutBlanks(process.env) });
  return held.env;
}

/** Throws one error that names every wrong variable and never prints a value. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const parsed = Environment.safeParse(source);
  const wrong = parsed.error?.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`) ?? [];
  const unfit = source.PARLEY_MODE === "production" ? unfitForProduction(source) : [];
  if (unfit.length > 0) throw new Error(`Parley does not start in production like this:\n${listed(wrong, unfit)}`);
  const mixed = [...mixedStripes(source), ...strayFailpoints(source)];
  if (!parsed.success || mixed.length > 0) throw new Error(`The environment is not right:\n${listed(wrong, mixed)}`);
  const values = parsed.data;
  const publicUrl = new URL(values.PUBLIC_URL ?? values.FRONTEND_URL ?? `http://localhost:${values.PORT}`).origin;
  const isProduction = values.PARLEY_MODE === "production";
  const publicHost = new URL(publicUrl).host;
  return Object.freeze({
    ...values,
    publicUrl,
    publicHost,
    SANDBOX_ROOMS: values.SANDBOX_ROOMS ?? (isProduction ? 0 : LOCAL_SANDBOX_ROOMS),
    isProduction,
    isLive: isLiveKey(values.STRIPE_SECRET_KEY ?? ""),
    isPortChosen: source.PORT !== undefined,
  });
}

/** A key goes to the Stripe that it belongs to and to no other: a real one never to a local address, a local one never out. */
function mixedStripes({
  STRIPE_SECRET_KEY,
  STRIPE_PUBLISHABLE_KEY,
  STRIPE_LOCAL_URL,
}: Record<string, string | undefined>) {
  const complaints = [STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY].flatMap((key, place) => {
    const name = place === 0 ? "STRIPE_SECRET_KEY" : "STRIPE_PUBLISHABLE_KEY";
    if (!key || isLocalKey(key) === Boolean(STRIPE_LOCAL_URL)) return [];
    if (STRIPE_LOCAL_URL) return [`  ${name}: is a key of the real Stripe, and STRIPE_LOCAL_URL names a local one`];
    return [`  ${name}: is a key of a local Stripe, and STRIPE_LOCAL_URL does not say where that is`];
  });
  if (STRIPE_SECRET_KEY && STRIPE_PUBLISHABLE_KEY && isLiveKey(STRIPE_SECRET_KEY) !== isLiveKey(STRIPE_PUBLISHABLE_KEY))
    complaints.push("  STRIPE_PUBLISHABLE_KEY: of this and STRIPE_SECRET_KEY one is live and one is for tests");
  return complaints;
}

/** A process that serves people breaks on its own terms. */
function strayFailpoints({ FAILPOINTS, NODE_ENV }: Record<string, string | undefined>): string[] {
  return FAILPOINTS && NODE_ENV !== "test" ? ["  FAILPOINTS: is for tests, where NODE_ENV is test"] : [];
}

const isLocalKey = (key: string) => /^[a-z]+_test_local_/.test(key);
const isLiveKey = (key: string) => /^[a-z]+_live_/.test(key);

const listed = (...complaints: string[][]) => [...new Set(complaints.flat())].join("\n");

function unfitForProduction(source: Record<string, string | undefined>): string[] {
  const missing = REQUIRED_IN_PRODUCTION.filter(
    (name) => !source[name] && !(name === "PUBLIC_URL" && source.FRONTEND_URL),
  );
  const placeholders = [...REQUIRED_IN_PRODUCTION, ...ALSO_NO_PLACEHOLDER].filter((name) =>
    PLACEHOLDER.test(source[name] ?? ""),
  );
  const complaints = [
    ...missing.map((name) => `  ${name}: must be set in production`),
    ...placeholders.map((name) => `  ${name}: is a placeholder`),
  ];
  for (const name of ["STRIPE_SECRET_KEY", "STRIPE_PUBLISHABLE_KEY"] as const)
    if (isLocalKey(source[name] ?? "")) complaints.push(`  ${name}: is a key of the local Stripe`);
  for (const name of ["STRIPE_LOCAL_URL", "FAILPOINTS", "WEBHOOKS_TO_LOOPBACK"] as const)
    if (source[name]) complaints.push(`  ${name}: has no place in production`);
  if (source.JWT_SECRET && source.JWT_SECRET === source.NEXTAUTH_SECRET)
    complaints.push("  NEXTAUTH_SECRET: must differ from JWT_SECRET");
  return complaints;
}

const withoutBlanks = (source: NodeJS.ProcessEnv) =>
  Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));

/** What frameworks read from the environment and from nowhere else. */
export function exportForFrameworks(): void {
  process.env.NEXTAUTH_URL = env().publicUrl;
  process.env.NEXT_TELEMETRY_DISABLED = "1";
}

/** Reads `.env` into the environment; what is set already stays. */
export function loadDotEnv(): void {
  try {
    process.loadEnvFile(".env");
  } catch {
    // No file is the usual case.
  }
}
