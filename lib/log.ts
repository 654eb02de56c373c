import { mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import pino from "pino";
import { once } from "@/lib/once";

/** What never reaches a log line, wherever in it the field stands. */
const SECRET_FIELDS = [
  "authorization",
  "cookie",
  "set-cookie",
  "x-api-key",
  "api_key",
  "apiKey",
  "password",
  "secret",
  "token",
  "client_secret",
  "clientSecret",
  "sdp",
  "candidate",
];
const SECRET = new Set(SECRET_FIELDS.map((field) => field.toLowerCase()));
// Our own keys, bearer tokens and Stripe's secrets, should one stand inside a sentence.
const SECRET_TEXT = /\b(?:(?:mk|nk|mpk)_[0-9A-Za-z_]{20,}|eyJ[\w-]+\.[\w-]+\.[\w-]*|(?:sk|rk|whsec)_[0-9A-Za-z_]{8,})/g;
const DEEPEST = 6;
// A write for each line would cost a busy server more than all else that it does. What is gathered is written at exit too.
const GATHERED = { sync: false, minLength: 16_000, periodicFlush: 200 };

/** A copy that is safe to write down. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return mayHoldSecret(value) ? value.replace(SECRET_TEXT, "[hidden]") : value;
  if (value instanceof Error) return redactError(value, depth);
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  if (depth >= DEEPEST) return "[deep]";
  if (Array.isArray(value)) return value.map((entry) => redact(entry, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      SECRET.has(key.toLowerCase()) ? "[hidden]" : redact(entry, depth + 1),
    ]),
  );
}

const mayHoldSecret = (text: string): boolean => text.includes("_") || text.includes("eyJ");

function redactError(error: Error, depth: number): unknown {
  const cause = error.cause === undefined || depth >= DEEPEST ? undefined : redact(error.cause, depth + 1);
  const said = withoutParameters(error);
  return {
    name: error.name,
    message: redact(said),
    stack: redact(error.stack?.replace(error.message, () => said)),
    ...("code" in error && { code: String(error.code) }),
    ...(cause !== undefined && { cause }),
  };
}

/** A failed statement's own words end in everything that was to be written: addresses, hashes, whole letters. */
function withoutParameters(error: Error): string {
  const isStatement = "query" in error && "params" in error;
  return isStatement ? (error.message.split("\nparams: ")[0] ?? "") : error.message;
}

export function createLog(destination: pino.DestinationStream, level: string): pino.Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"ts":"${new Date().toISOString()}"`,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => redact(fields) as Record<string, unknown>, // an object goes in, an object comes out
      },
      hooks: {
        logMethod(args, method) {
          method.apply(
            this,
            args.map((arg) => (typeof arg === "string" ? redact(arg) : arg)) as Parameters<typeof method>,
          ); // same length, same kinds
        },
      },
    },
    destination,
  );
}

/** The process's log. `openLog` chooses where it goes; until then it goes to standard error. */
export function log(): pino.Logger {
  return logSlot().log;
}

export function openLog(options: { file?: string; level: string }): void {
  const { file, level } = options;
  const destination = pino.destination({ dest: file ? openFile(file) : 1, ...GATHERED });
  logSlot().log = createLog(destination, level);
}

/** At once: a process that ends right behind this still writes why. */
function openFile(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  return openSync(file, "a");
}

const logSlot = () => once("log", () => ({ log: createLog(pino.destination(2), "warn") }));
