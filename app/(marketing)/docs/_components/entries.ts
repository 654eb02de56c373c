import type { OpenApi, Operation, Parameter, Reference, Schema } from "@/lib/http/describe/shape";
import type { Method } from "@/lib/http/registry";

/** One call as a reader meets it. */
export type Entry = {
  anchor: string;
  method: Method;
  path: string;
  operation: Operation;
  parameters: Parameter[];
  /** Whatever a reader may type to find it. */
  words: string;
};

export type Chapter = { anchor: string; title: string; says: string; entries: Entry[] };

/** The document, chapter by chapter. */
export function chaptersOf(document: OpenApi): Chapter[] {
  const entries = Object.entries(document.paths).flatMap(
    ([path, item]) =>
      Object.entries(item).map(([method, operation]) =>
        entryOf(document, path, method.toUpperCase() as Method, operation),
      ), // the keys are the methods in lower case
  );
  return document.tags.map((tag) => ({
    anchor: `calls-${tag.name}`,
    title: tag["x-title"],
    says: tag.description,
    entries: entries.filter(({ operation }) => operation.tags[0] === tag.name),
  }));
}

function entryOf(document: OpenApi, path: string, method: Method, operation: Operation): Entry {
  const parameters = (operation.parameters ?? []).map((one) => ("$ref" in one ? parameterAt(document, one) : one));
  const names = [...parameters.map(({ name }) => name), ...Object.keys(bodyOf(document, operation)?.properties ?? {})];
  const { summary, description = "" } = operation;
  const words = [
    method,
    path,
    ...(operation["x-also-at"] ?? []),
    summary,
    description,
    operation["x-scope"] ?? "",
    ...names,
  ];
  return { anchor: anchorOf(method, path), method, path, operation, parameters, words: words.join(" ").toLowerCase() };
}

/** `PATCH /api/keys/{id}` is found at `#patch-keys-id`. */
const anchorOf = (method: Method, path: string): string =>
  [method.toLowerCase(), ...path.replace(/^\/api/, "").split(/[^A-Za-z0-9]+/)].filter(Boolean).join("-") || "api";

export const bodyOf = (document: OpenApi, { requestBody }: Operation): Schema | undefined =>
  requestBody && resolved(document, requestBody.content["application/json"].schema);

export function resolved(document: OpenApi, schema: Schema): Schema {
  return schema.$ref === undefined ? schema : (document.components.schemas[lastPart(schema.$ref)] ?? {});
}

function parameterAt({ components }: OpenApi, { $ref }: Reference): Parameter {
  const found = components.parameters[lastPart($ref)];
  if (!found) throw new Error(`The document has no ${$ref}.`);
  return found;
}

const lastPart = (reference: string) => reference.slice(reference.lastIndexOf("/") + 1);
