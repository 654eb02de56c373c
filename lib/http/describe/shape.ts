import type { ErrorCode } from "@/lib/errors";
import type { FileType } from "../answer";
import type { Method } from "../registry";

/** The part of JSON Schema 2020-12 that our declarations come out as. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  title?: string;
  description?: string;
  format?: string;
  pattern?: string;
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  examples?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
};

export type Reference = { $ref: string };

export type Parameter = {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description?: string;
  schema: Schema;
  example?: unknown;
};

export type Media = { schema: Schema; example?: unknown };
export type Content = { "application/json": Media };
export type Answer = {
  description: string;
  headers?: Record<string, Reference>;
  content: Content | Partial<Record<FileType, Media>>;
};
export type CodeSample = { lang: "curl" | "TypeScript"; source: string };

export type Operation = {
  operationId: string;
  tags: [string];
  summary: string;
  description?: string;
  security: Record<string, string[]>[];
  parameters?: (Parameter | Reference)[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, Answer | Reference>;
  /** Other addresses of the same operation. */
  "x-also-at"?: string[];
  /** Who may call it, in words. */
  "x-who": string;
  "x-scope"?: string;
  "x-idempotent": boolean;
  "x-codeSamples": CodeSample[];
};

export type PathItem = Partial<Record<Lowercase<Method>, Operation>>;

export type OpenApi = {
  openapi: "3.1.1";
  info: {
    title: string;
    version: string;
    summary: string;
    description: string;
    license: { name: string; identifier: string };
  };
  jsonSchemaDialect: string;
  servers: { url: string }[];
  tags: { name: string; description: string; "x-title": string }[];
  paths: Record<string, PathItem>;
  components: {
    schemas: Record<string, Schema>;
    responses: Record<string, Answer>;
    parameters: Record<string, Parameter>;
    headers: Record<string, { description: string; schema: Schema }>;
    securitySchemes: Record<string, Record<string, string>>;
  };
  externalDocs: { url: string; description: string };
  /** Each code an answer may carry, with its status and what it means. */
  "x-errors": Record<ErrorCode, { status: number; meaning: string }>;
};
