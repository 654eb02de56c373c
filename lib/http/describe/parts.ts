import { loginCookieName } from "@/lib/auth/cookie";
import { anonymousLimit, memberLimit } from "@/lib/limits";
import { codesOf, ERRORS } from "./errors";
import { ANSWER_HEADERS } from "./operation";
import type { Answer, OpenApi, Schema } from "./shape";

const REQUEST_ID = "req_01ke6zv3s80q4n7xw2m5j9t8cd";

/** What operations refer to by name. */
export function sharedParts(): OpenApi["components"] {
  return {
    schemas: { Error: errorSchema() },
    responses: {
      ...refusalsByStatus(),
      Refused: refusal(
        "Anything else that was refused.",
        ERRORS.map(({ code }) => code),
      ),
    },
    parameters: sharedParameters(),
    headers: sharedHeaders(),
    securitySchemes: securitySchemes(),
  };
}

const sharedParameters = (): OpenApi["components"]["parameters"] => ({
  IdempotencyKey: {
    name: "Idempotency-Key",
    in: "header",
    required: false,
    description:
      "Names this one attempt. A repeat within 24 hours is answered with the first answer and does nothing again.",
    schema: { type: "string", minLength: 8, maxLength: 255, pattern: "^[\\x21-\\x7e]+$" },
  },
});

const sharedHeaders = (): OpenApi["components"]["headers"] => ({
  RequestId: { description: "Names this request in our logs.", schema: { type: "string" } },
  RateLimitLimit: {
    description: `How many requests the window holds: ${anonymousLimit().count} in 15 minutes for an address, ${memberLimit().count} a minute for a key or a login.`,
    schema: { type: "integer" },
  },
  RateLimitRemaining: { description: "How many are left in it.", schema: { type: "integer" } },
  RateLimitReset: { description: "In how many seconds all of them are back.", schema: { type: "integer" } },
  RetryAfter: { description: "In how many seconds to try again.", schema: { type: "integer" } },
  IdempotencyReplayed: {
    description: "The answer is that of the first request with this key.",
    schema: { type: "string", const: "true" },
  },
});

const securitySchemes = (): OpenApi["components"]["securitySchemes"] => ({
  apiKey: {
    type: "apiKey",
    in: "header",
    name: "X-API-Key",
    description: "An API key. It may be sent as a bearer token too.",
  },
  bearer: {
    type: "http",
    scheme: "bearer",
    description: "The token of a login, good for seven days, or an API key.",
  },
  browserCookie: {
    type: "apiKey",
    in: "cookie",
    name: loginCookieName(),
    description: "The cookie of a browser that signed in here. Changes are taken from our own pages only.",
  },
  apiKeyInAddress: {
    type: "apiKey",
    in: "query",
    name: "api_key",
    description: "Below /api/v1 only, for secret keys that allow it, and never from a browser.",
  },
});

function errorSchema(): Schema {
  return {
    type: "object",
    description: "Every refusal. Some carry documented fields beside `error`.",
    required: ["error", "code", "requestId"],
    properties: {
      error: { type: "string", description: "One sentence for a person." },
      code: { type: "string", enum: ERRORS.map(({ code }) => code), description: "One word for a program." },
      message: { type: "string", description: "A second sentence, where there is one." },
      details: {
        type: "object",
        description: "Facts that help to react.",
        properties: {
          fields: {
            type: "object",
            description: "A sentence for each wrong field.",
            additionalProperties: { type: "string" },
          },
        },
        additionalProperties: true,
      },
      requestId: { type: "string", description: "The same as X-Request-Id." },
    },
  };
}

function refusalsByStatus(): Record<string, Answer> {
  const statuses = [...new Set(ERRORS.map(({ status }) => status))];
  return Object.fromEntries(
    statuses.map((status) => {
      const rows = ERRORS.filter((row) => row.status === status);
      return [
        `Refused${status}`,
        refusal(rows.map(({ code, meaning }) => `\`${code}\`: ${meaning}`).join(" "), codesOf(status)),
      ];
    }),
  );
}

function refusal(description: string, codes: string[]): Answer {
  const [code = "internal"] = codes;
  const waits = codes.includes("rate_limited") || codes.includes("idempotency_running");
  return {
    description,
    headers: { ...ANSWER_HEADERS, ...(waits && { "Retry-After": { $ref: "#/components/headers/RetryAfter" } }) },
    content: {
      "application/json": {
        schema: {
          allOf: [{ $ref: "#/components/schemas/Error" }, { type: "object", properties: { code: { enum: codes } } }],
        },
        example: { error: SENTENCES[code] ?? "A sentence that says what happened.", code, requestId: REQUEST_ID },
      },
    },
  };
}

const SENTENCES: Record<string, string> = {
  invalid: "Enter an e-mail address, such as you@example.com.",
  unauthenticated: "Sign in, or send an API key.",
  forbidden: "This needs the scope keys:write.",
  not_found: "Key not found.",
  conflict: "It does not fit the present state.",
  too_large: "The request body is larger than 1 MiB.",
  unsupported_type: "Send the body as JSON, with Content-Type: application/json.",
  idempotency_mismatch: "This Idempotency-Key was already used with another request.",
  rate_limited: "Too many requests. Try again in 40 seconds.",
  internal: "Something went wrong on our side.",
};
