import type { z } from "zod";
import type { Declaration, Method } from "../registry";
import { type Call, codeFor } from "./code";
import { codesOf } from "./errors";
import { inputExample, outputExample } from "./examples";
import { jsonSchemaOf } from "./json-schema";
import type { Answer, Operation, Parameter, Reference, Schema } from "./shape";
import { keyMay, securityOf, whoMay } from "./who";

export type Place = {
  /** The address as OpenAPI writes it: `/api/keys/{id}`. */
  path: string;
  method: Method;
  section: string;
  alsoAt: string[];
  publicUrl: string;
};

/** One method of one address, and the schemas that it refers to. */
export function describeOperation(
  said: Declaration,
  place: Place,
): { operation: Operation; schemas: Record<string, Schema> } {
  const id = operationId(place);
  const names = { body: `${capital(id)}Body`, answer: `${capital(id)}Answer` };
  const body = said.body && {
    type: said.body,
    example: inputExample(said.body, place.section),
    isNeeded: !said.body.safeParse({}).success,
  };

  const operation: Operation = {
    operationId: id,
    tags: [place.section],
    summary: said.summary,
    ...(said.description && { description: said.description }),
    ...(place.alsoAt.length > 0 && { "x-also-at": place.alsoAt }),
    "x-who": whoMay(said),
    ...(said.scope && { "x-scope": said.scope }),
    "x-idempotent": said.idempotent,
    security: securityOf(said, place.path.startsWith("/api/v1/")),
    ...withParameters(said, place.section),
    ...(body && {
      requestBody: {
        required: body.isNeeded,
        content: { "application/json": { schema: toSchema(names.body), example: body.example } },
      },
    }),
    responses: {
      [said.status]: answerOf(said, toSchema(names.answer), place.section),
      ...refusals(said, place),
    },
    "x-codeSamples": codeFor(callOf(said, place, body?.example)),
  };
  const schemas = {
    ...(body && { [names.body]: jsonSchemaOf(body.type, "input") }),
    [names.answer]: jsonSchemaOf(said.output, "output"),
  };
  return { operation, schemas };
}

/** `GET /api/keys/{id}` is `getKeysById`. */
function operationId({ path, method }: Place): string {
  const words = path
    .split("/")
    .slice(2)
    .flatMap((segment) => (segment.startsWith("{") ? ["by", segment.slice(1, -1)] : segment.split(/[^A-Za-z0-9]+/)))
    .map(capital);
  return method.toLowerCase() + (words.join("") || "Api");
}

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const toSchema = (name: string): Reference => ({ $ref: `#/components/schemas/${name}` });

function withParameters(
  { params, query, idempotent }: Declaration,
  section: string,
): { parameters?: (Parameter | Reference)[] } {
  const parameters = [
    ...parametersOf(params, "path", section),
    ...parametersOf(query, "query", section),
    ...(idempotent ? [{ $ref: "#/components/parameters/IdempotencyKey" }] : []),
  ];
  return parameters.length > 0 ? { parameters } : {};
}

function parametersOf(type: z.ZodType | undefined, where: "path" | "query", section: string): Parameter[] {
  if (!type) return [];
  const { properties = {}, required = [] } = jsonSchemaOf(type, "input");
  const example = Object(inputExample(type, section)) as Record<string, unknown>; // parameters are fields of an object
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: where,
    required: where === "path" || required.includes(name),
    ...(description && { description }),
    schema,
    ...(name in example && { example: example[name] }),
  }));
}

function answerOf({ output, idempotent, produces }: Declaration, schema: Reference, section: string): Answer {
  const media = { schema, example: outputExample(output, section) };
  return {
    description: "Done.",
    headers: {
      ...ANSWER_HEADERS,
      ...(idempotent && { "Idempotency-Replayed": { $ref: "#/components/headers/IdempotencyReplayed" } }),
    },
    content: produces ? { [produces]: media } : { "application/json": media },
  };
}

export const ANSWER_HEADERS = {
  "X-Request-Id": { $ref: "#/components/headers/RequestId" },
  "RateLimit-Limit": { $ref: "#/components/headers/RateLimitLimit" },
  "RateLimit-Remaining": { $ref: "#/components/headers/RateLimitRemaining" },
  "RateLimit-Reset": { $ref: "#/components/headers/RateLimitReset" },
};

/** The refusals that the wrapper itself may give; whatever else the verb refuses is under `default`. */
function refusals(said: Declaration, { path }: Place): Record<string, Reference> {
  const takesInput = said.body ?? said.query ?? said.params;
  const statuses = [
    ...(takesInput ? [400] : []),
    ...(said.auth === "public" ? [] : [401, 403]),
    ...(said.params || said.auth === "staff" || path.includes("{") ? [404] : []),
    ...(said.idempotent ? [409] : []),
    ...(said.body ? [413, 415] : []),
    ...(said.idempotent ? [422] : []),
    429,
  ];
  const named = statuses.filter((status) => codesOf(status).length > 0);
  return Object.fromEntries(
    [...named.map((status) => [String(status), `Refused${status}`]), ["default", "Refused"]].map(([status, name]) => [
      status,
      { $ref: `#/components/responses/${name}` },
    ]),
  );
}

function callOf(said: Declaration, { path, method, publicUrl, section }: Place, example: unknown): Call {
  const needed = said.query ? parametersOf(said.query, "query", section).filter(({ required }) => required) : [];
  const query = needed.map(({ name, example }) => `${name}=${encodeURIComponent(String(example))}`).join("&");
  const inPath = new Map(
    parametersOf(said.params, "path", section).map(({ name, example }) => [name, String(example)]),
  );
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => inPath.get(name) ?? name);
  const isEmpty = typeof example === "object" && example !== null && Object.keys(example).length === 0;
  return {
    method,
    url: `${publicUrl}${filled}${query && `?${query}`}`,
    credential: said.auth === "public" ? "none" : keyMay(said) ? "key" : "token",
    idempotent: said.idempotent,
    ...(said.body && !isEmpty && { body: example }),
  };
}
