/** Every way we refuse a request, and the HTTP status each one answers with. */
export const STATUS = {
  invalid: 400,
  unauthenticated: 401,
  invalid_key: 401,
  wrong_credentials: 401,
  token_expired: 401,
  payment_required: 402,
  subscription_required: 402,
  payment_method_required: 402,
  card_declined: 402,
  insufficient_credits: 402,
  insufficient_funds: 402,
  forbidden: 403,
  spending_frozen: 403,
  plan_limit: 403,
  banned: 403,
  spending_limit: 403,
  cooling_off: 403,
  origin_not_allowed: 403,
  not_found: 404,
  target_gone: 404,
  method_not_allowed: 405,
  conflict: 409,
  email_taken: 409,
  last_owner: 409,
  same_plan: 409,
  already_subscribed: 409,
  plan_in_use: 409,
  quote_expired: 409,
  room_full: 409,
  room_locked: 409,
  waiting: 409,
  already_in_room: 409,
  not_in_room: 409,
  idempotency_running: 409,
  gone: 410,
  link_spent: 410,
  expired: 410,
  length_required: 411,
  too_large: 413,
  unsupported_type: 415,
  misdirected: 421,
  idempotency_mismatch: 422,
  rate_limited: 429,
  too_many_sockets: 429,
  header_too_large: 431,
  internal: 500,
  unavailable: 503,
  outcome_unknown: 503,
} as const;

export type ErrorCode = keyof typeof STATUS;

export type Refusal = {
  status: number;
  code: ErrorCode;
  message: string;
  /** Facts that help a program to react, such as the sentence for each wrong field. */
  details?: Record<string, unknown>;
  /** Documented fields that stand beside `error` instead of inside `details`. */
  flat?: Record<string, unknown>;
  retryAfterSeconds?: number;
};

export type ErrorExtras = {
  details?: Record<string, unknown>;
  flat?: Record<string, unknown>;
  retryAfterSeconds?: number;
  cause?: unknown;
};

/** The one error we throw on purpose; its message is safe to show. Anything else is a bug. */
export class AppError extends Error {
  override readonly name = "AppError";

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly extras: ErrorExtras = {},
  ) {
    super(message, extras.cause === undefined ? undefined : { cause: extras.cause });
  }
}

/** Also what we say when the row exists but is not the caller's: a 403 would confirm it exists. */
export const notFound = (what: string) => new AppError("not_found", `${what} not found.`);

/** Refuses input by field: `invalid({ email: "Enter an e-mail address." })`. */
export function invalid(fields: Record<string, string>): AppError {
  const [first = "The request is not valid."] = Object.values(fields);
  return new AppError("invalid", first, { details: { fields } });
}

export function toRefusal(error: unknown): Refusal {
  if (isOutage(error)) return outage;
  if (isAppError(error)) {
    const { code, message, extras } = error;
    const { details, flat, retryAfterSeconds } = extras;
    return {
      status: STATUS[code],
      code,
      message,
      ...(details && { details }),
      ...(flat && { flat }),
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    };
  }
  return { status: STATUS.internal, code: "internal", message: "Something went wrong on our side." };
}

/** How drivers and PostgreSQL say that they cannot be reached, are going down, are full, or take no writes. */
const OUTAGE =
  /^(?:CONNECTION_\w+|CONNECT_TIMEOUT|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|08\w{3}|53\w{3}|57P0[1-5]|58\w{3}|25006)$/;

const outage: Refusal = {
  status: STATUS.unavailable,
  code: "unavailable",
  message: "This cannot be answered just now. Try again in a moment.",
  retryAfterSeconds: 2,
};

/** Whether something we stand on was out of reach, which says nothing about the request. Drivers wrap it in what they tried. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error) || isAppError(error)) return false;
  if ("code" in error && OUTAGE.test(String(error.code))) return true;
  return isOutage(error.cause);
}

/** By name and not by class: the server's bundle and Next's each hold a copy of this module. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === "AppError" && "extras" in error;
}
