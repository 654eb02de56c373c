/** The part of Stripe's error object that we fill in ourselves. */
export type ErrorBody = {
  type: "api_error" | "card_error" | "idempotency_error" | "invalid_request_error" | "temporary_session_expired";
  code?: string;
  message: string;
  param?: string;
  decline_code?: string;
  advice_code?: string;
  network_decline_code?: string;
  charge?: string;
  doc_url?: string;
  payment_intent?: unknown;
  payment_method?: unknown;
  setup_intent?: unknown;
  request_log_url?: string;
};

type Extras = {
  headers?: Record<string, string>;
  /** A declined charge is a fact and stays; a refused request leaves nothing behind. */
  effects?: "kept" | "undone";
};

/** The one error we throw on purpose. It becomes Stripe's error envelope. */
export class StripeRefusal extends Error {
  override readonly name = "StripeRefusal";

  constructor(
    readonly status: number,
    readonly body: ErrorBody,
    readonly extras: Extras = {},
  ) {
    super(body.message);
  }
}

/** Where Stripe explains a code. */
export const explained = (code: string) => ({
  code,
  doc_url: `https://docs.stripe.com/error-codes/${code.replaceAll("_", "-")}`,
});

export function refused(
  message: string,
  facts: { code?: string; param?: string; status?: number } = {},
): StripeRefusal {
  const { status = 400, code, param } = facts;
  return new StripeRefusal(status, {
    type: "invalid_request_error",
    ...(code !== undefined && explained(code)),
    message,
    ...(param !== undefined && { param }),
  });
}

/** A body that names something which is not there. */
export const noSuch = (what: string, id: string, param: string): StripeRefusal =>
  refused(`No such ${what}: '${id}'`, { code: "resource_missing", param });

/** A path that names something which is not there. */
export const notThere = (what: string, id: string): StripeRefusal =>
  refused(`No such ${what}: '${id}'`, { code: "resource_missing", param: "id", status: 404 });

export const missing = (param: string): StripeRefusal =>
  refused(`Missing required param: ${param}.`, { code: "parameter_missing", param });

export const exclusive = (...params: string[]): StripeRefusal =>
  refused(`You may only specify one of these parameters: ${params.join(", ")}.`, {
    code: "parameters_exclusive",
    param: params[0] ?? "",
  });

export const notBuilt = (what: string): StripeRefusal =>
  refused(`The local Stripe does not implement ${what}.`, { status: 501 });
