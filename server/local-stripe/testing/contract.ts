import { existsSync, readFileSync } from "node:fs";
import Ajv2020, { type AnySchema, type ErrorObject } from "ajv/dist/2020.js";
import { vi } from "vitest";

type Schema = Record<string, unknown>;
type Document = {
  paths: Record<string, Record<string, unknown>>;
  webhooks: Record<string, unknown>;
  components: { schemas: Schema };
};

type Verb = {
  "x-querySchema"?: { $ref: string };
  requestBody?: { content: Record<string, { schema: { $ref: string } }> };
};

export type Contract = {
  /** What is wrong with an answer, or nothing. */
  answer(method: string, path: string, status: number, body: unknown): string[];
  event(event: { type: string }): string[];
  operations(): string[];
  /** The names of an operation's parameters, if the contract has the operation. */
  parameters(name: string): string[] | undefined;
};

const CLOSED = "s#/paths/";

// The first answer of each kind compiles its schema, which takes seconds where others use the machine too.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** The schema subset, or nothing when no file is there. */
export function openContract(file: string): Contract | undefined {
  if (!existsSync(file)) return undefined;
  const document = JSON.parse(readFileSync(file, "utf8")) as Document; // the file is this kind of document or the tests fail at once
  close(document.components.schemas);
  // Compiling is most of the work of a test file; its optimising would double that.
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false, code: { optimize: false } });
  ajv.addSchema(document as AnySchema, "s");
  const routes = Object.keys(document.paths)
    .map((path) => ({
      path,
      pattern: new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`),
      literal: !path.includes("{"),
    }))
    .sort((a, b) => Number(b.literal) - Number(a.literal));

  const judge = (pointer: string, value: unknown): string[] => {
    const validate = ajv.getSchema(pointer) ?? ajv.compile({ $ref: pointer });
    if (validate(value)) return [];
    return (validate.errors ?? []).map(said);
  };

  return {
    answer(method, path, status, body) {
      const route = routes.find((one) => one.pattern.test(path) && document.paths[one.path]?.[method.toLowerCase()]);
      if (!route) return [];
      const response = status < 400 ? "200" : "default";
      return judge(
        `${CLOSED}${escaped(route.path)}/${method.toLowerCase()}/responses/${response}/content/application~1json/schema`,
        thin(body),
      );
    },
    event(event) {
      if (!document.webhooks[event.type]) return [];
      return judge(
        `s#/webhooks/${escaped(event.type)}/post/requestBody/content/application~1json/schema`,
        whole(event),
      );
    },
    parameters(name) {
      const [method = "", path = ""] = name.split(" ");
      const route = routes.find((one) => one.path.replace(/\{\w+\}/g, "{}") === path.replace(/\{\w+\}/g, "{}"));
      const verb = route && (document.paths[route.path]?.[method.toLowerCase()] as Verb | undefined); // an OpenAPI operation
      if (!verb) return undefined;
      const content = verb.requestBody?.content;
      const ref = verb["x-querySchema"]?.$ref ?? Object.values(content ?? {})[0]?.schema.$ref;
      const schema =
        ref &&
        (document.components.schemas[ref.replace("#/components/schemas/", "")] as { properties?: Schema } | undefined);
      return schema ? Object.keys(schema.properties ?? {}) : [];
    },
    operations: () =>
      Object.entries(document.paths).flatMap(([path, verbs]) =>
        Object.keys(verbs).map((verb) => `${verb.toUpperCase()} ${path}`),
      ),
  };
}

/** What a thin event is about and what it says differ by its type, and the contract has only what is common. */
function thin(body: unknown): unknown {
  if (typeof body !== "object" || body === null || !("object" in body) || body.object !== "v2.core.event") return body;
  return Object.fromEntries(Object.entries(body).filter(([key]) => key !== "data" && key !== "related_object"));
}

/** The one event whose object has no id yet, although the schema asks for one. */
function whole(event: { type: string }): object {
  if (event.type !== "invoice.upcoming" || !("data" in event)) return event;
  const { object } = event.data as { object: object }; // every event has one
  return { ...event, data: { object: { id: "upcoming", ...object } } };
}

const escaped = (text: string): string => text.replaceAll("~", "~0").replaceAll("/", "~1");
const said = ({ instancePath, message, params }: ErrorObject): string =>
  `${instancePath || "/"} ${message ?? ""} ${"additionalProperty" in params ? String(params.additionalProperty) : ""}`.trim();

/** A field that the contract does not know is an invention, so objects are closed. */
function close(node: unknown): void {
  if (Array.isArray(node)) {
    for (const entry of node) close(entry);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  const schema = node as Schema; // an object that is no list
  const isObject = [schema.type].flat().includes("object");
  if (schema.properties && isObject && !("additionalProperties" in schema) && !schema["x-stub"] && !schema.allOf)
    schema.additionalProperties = false;
  for (const part of Object.values(schema)) close(part);
}
