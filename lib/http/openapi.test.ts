import { stripTypeScriptTypes } from "node:module";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test, vi } from "vitest";
import { STATUS } from "@/lib/errors";
import { routes } from "@/server/routes.gen";
import { codeFor } from "./describe/code";
import { exampleOf, inputExample } from "./describe/examples";
import type { Operation, Parameter, Schema } from "./describe/shape";
import { describeApi } from "./openapi";
import type { Method } from "./registry";

// Each schema is compiled on its own, and there are as many as there are routes.
vi.setConfig({ testTimeout: 30_000 });

const document = describeApi(routes, "https://api.parley.example");
const METHODS: Method[] = ["GET", "POST", "PATCH", "PUT", "DELETE"];

type Call = { name: string; path: string; method: string; operation: Operation };

const calls: Call[] = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ name: `${method} ${path}`, path, method, operation })),
);

const declared = routes.flatMap(({ path, module }) =>
  METHODS.flatMap((method) => {
    const said = module[method]?.declaration;
    return said ? [{ name: `${method} ${path}`, section: path.split("/")[2] ?? "about", said }] : [];
  }),
);

const isInstant = (text: string) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) && !Number.isNaN(Date.parse(text));

/** One judge for all schemas, strict about keywords that do not exist. */
const ajv = new Ajv2020({
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
  formats: {
    "date-time": isInstant,
    date: /^\d{4}-\d\d-\d\d$/,
    email: /^[^@\s]+@[^@\s]+$/,
    uri: (text: string) => URL.canParse(text),
  },
});

function judge(schema: Schema): (value: unknown) => string[] {
  const validate = ajv.compile(schema);
  return (value) => (validate(value) ? [] : (validate.errors ?? []).map((error) => ajv.errorsText([error])));
}

const partAt = (reference: string): unknown =>
  reference
    .replace("#/", "")
    .split("/")
    .reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], document);

const followed = (schema: Schema): Schema => (schema.$ref ? (partAt(schema.$ref) as Schema) : schema);

const written = (call: Call, place: Parameter["in"]): Parameter[] =>
  (call.operation.parameters ?? [])
    .map((one) => ("$ref" in one ? (partAt(one.$ref) as Parameter) : one))
    .filter((one) => one.in === place);

test("has every route of the table, with its methods and nothing else", () => {
  const inTable = routes.flatMap(({ path, module }) =>
    METHODS.filter((method) => module[method]).map(
      (method) => `${method.toLowerCase()} ${path.replace(/\[(\w+)\]/g, "{$1}")}`,
    ),
  );
  expect(calls.map(({ name }) => name).sort()).toEqual(inTable.sort());
});

test("reads the same whatever the order of the table", () => {
  expect(JSON.stringify(describeApi([...routes].reverse(), "https://api.parley.example"))).toBe(
    JSON.stringify(document),
  );
});

test("every reference leads somewhere", () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
    ([, reference = ""]) => reference,
  );
  expect(references.length).toBeGreaterThan(calls.length);
  expect(references.filter((reference) => partAt(reference) === undefined)).toEqual([]);
});

test("every schema is one, by the rules of JSON Schema 2020-12", () => {
  const schemas = [
    ...Object.entries(document.components.schemas),
    ...Object.entries(document.components.headers).map(([name, { schema }]) => [name, schema] as const),
    ...calls.flatMap((call) =>
      [...written(call, "path"), ...written(call, "query"), ...written(call, "header")].map(
        ({ name, schema }) => [`${call.name} ${name}`, schema] as const,
      ),
    ),
  ];
  for (const [name, schema] of schemas) expect(() => judge(schema), name).not.toThrow();
});

test("each operation has a name of its own, a section, an answer and a way to prove oneself", () => {
  const ids = calls.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  const sections = document.tags.map(({ name }) => name);
  for (const { name, operation } of calls) {
    expect(operation.summary, name).not.toBe("");
    expect(sections, name).toContain(operation.tags[0]);
    const statuses = Object.keys(operation.responses);
    expect(
      statuses.filter((status) => /^2\d\d$/.test(status)),
      name,
    ).toHaveLength(1);
    expect(
      statuses.every((status) => /^(?:[1-5]\d\d|default)$/.test(status)),
      name,
    ).toBe(true);
    for (const scheme of operation.security.flatMap((one) => Object.keys(one))) {
      expect(document.components.securitySchemes, name).toHaveProperty(scheme);
    }
  }
});

test("names of parts are of the shape that OpenAPI allows", () => {
  const names = Object.values(document.components).flatMap((part) => Object.keys(part));
  expect(names.filter((name) => !/^[\w.-]+$/.test(name))).toEqual([]);
});

test("the parameters in an address are those it is written with", () => {
  for (const call of calls) {
    const inAddress = [...call.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
    expect(
      written(call, "path").map(({ name }) => name),
      call.name,
    ).toEqual(inAddress);
    expect(
      written(call, "path").every(({ required }) => required),
      call.name,
    ).toBe(true);
  }
});

test("every example of a body or of parameters passes the schema that the route parses with", () => {
  for (const { name, section, said } of declared) {
    for (const type of [said.body, said.params, said.query]) {
      if (type) expect(type.safeParse(inputExample(type, section)).error, name).toBeUndefined();
    }
  }
});

test("the examples in the document fit the schemas beside them", () => {
  for (const { name, operation } of calls) {
    const answers = Object.values(operation.responses).flatMap((answer) => ("$ref" in answer ? [] : [answer.content]));
    for (const content of [operation.requestBody?.content, ...answers]) {
      for (const { schema, example } of Object.values(content ?? {}))
        expect(judge(followed(schema))(example), name).toEqual([]);
    }
  }
});

test("each curl example asks for an address of the document, by its method", () => {
  for (const { name, path, method, operation } of calls) {
    const source = operation["x-codeSamples"].find(({ lang }) => lang === "curl")?.source ?? "";
    const asked = new URL(/https:\/\/[^\s"]+/.exec(source)?.[0] ?? "");
    const pattern = new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`);
    expect(asked.pathname, name).toMatch(pattern);
    const said = /-X (\w+)/.exec(source)?.[1] ?? (source.includes(" -d ") ? "POST" : "GET");
    expect(said.toLowerCase(), name).toBe(method);
  }
});

test("each TypeScript example is TypeScript", () => {
  for (const { name, operation } of calls) {
    const source = operation["x-codeSamples"].find(({ lang }) => lang === "TypeScript")?.source ?? "";
    expect(source, name).toContain("await fetch(");
    expect(() => stripTypeScriptTypes(source), name).not.toThrow();
  }
});

test("an apostrophe in a body does not end the shell's quotes", () => {
  const call = {
    method: "POST",
    url: "https://x.example",
    credential: "none",
    idempotent: false,
    body: { name: "Dana's" },
  } as const;
  expect(codeFor(call)[0]?.source).toContain(`'{ "name": "Dana'\\''s" }'`);
});

test("tells every code with its status", () => {
  const told = Object.entries(document["x-errors"]).map(([code, { status }]) => [code, status]);
  expect(Object.fromEntries(told)).toEqual(STATUS);
  expect(Object.values(document["x-errors"]).filter(({ meaning }) => meaning === "")).toEqual([]);
});

test("says who may call, and never that a key may do what only a person can", () => {
  const who = (path: string, method: "get" | "post") => document.paths[path]?.[method]?.["x-who"];
  expect(who("/api/auth/register", "post")).toBe("Anybody.");
  expect(who("/api/keys/current", "get")).toBe("An API key.");
  expect(who("/api/keys", "get")).toBe("Somebody who signed in as owner, admin or member.");
  expect(document.paths["/api/keys"]?.get?.security).toEqual([
    { bearer: ["keys:read"] },
    { browserCookie: ["keys:read"] },
  ]);
});

test("names every other address that a call answers at", () => {
  expect(document.paths["/api/keys/{id}"]?.delete?.["x-also-at"]).toEqual(["/auth/api-keys/{id}"]);
  expect(document.paths["/api/auth/profile"]?.get?.["x-also-at"]).toEqual(["/api/auth/me", "/me"]);
});

test("an answer may gain fields, and a body may not have unknown ones", () => {
  expect(document.components.schemas.PostKeysBody?.additionalProperties).toBe(false);
  expect(document.components.schemas.PostKeysAnswer).not.toHaveProperty("additionalProperties");
});

test("makes an example of every kind of schema", () => {
  const place = { section: "any", field: "odd", isAnswer: true };
  expect(exampleOf({ type: "integer", minimum: 5, maximum: 9 }, place)).toBe(5);
  expect(exampleOf({ type: "string", minLength: 6 }, place)).toHaveLength(6);
  expect(exampleOf({ oneOf: [{ type: "object", properties: { kind: { const: "one" } } }] }, place)).toEqual({
    kind: "one",
  });
  expect(exampleOf({ type: "array", items: { type: "boolean" } }, place)).toEqual([false]);
});
