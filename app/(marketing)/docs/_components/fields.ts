import type { Schema } from "@/lib/http/describe/shape";

/** One row of a field ledger. */
export type FieldRow = { name: string; holds: string; rules: string; isRequired: boolean; says: string };

/** Every field of an object, those inside it after it: `user.id`, `entries[].at`. */
export function fieldsOf(schema: Schema, before = ""): FieldRow[] {
  const { properties = {}, required = [] } = schema;
  return Object.entries(properties).flatMap(([field, inside]) => {
    const name = before + field;
    return [rowOf(name, inside, required.includes(field)), ...fieldsInside(withoutNull(inside), name)];
  });
}

export function rowOf(name: string, schema: Schema, isRequired: boolean): FieldRow {
  return { name, holds: holds(schema), rules: rules(schema), isRequired, says: schema.description ?? "" };
}

function fieldsInside(schema: Schema, name: string): FieldRow[] {
  if (schema.type === "array" && schema.items) return fieldsOf(withoutNull(schema.items), `${name}[].`);
  return fieldsOf(schema, `${name}.`);
}

/** What kind of value it is, in the words of a reader. */
function holds(schema: Schema): string {
  const inner = withoutNull(schema);
  const word = kindOf(inner);
  return inner === schema ? word : `${word}, or null`;
}

function kindOf(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map(String).join(" · ");
  if (schema.title) return schema.title;
  if (schema.type === "array") return schema.items ? `list of ${kindOf(schema.items)}` : "list";
  if (schema.format === "date-time") return "instant";
  if (schema.format === "email") return "e-mail address";
  if (schema.format === "uri") return "address";
  return WORDS[String(schema.type)] ?? "anything";
}

const WORDS: Record<string, string> = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "true or false",
  object: "object",
};

function rules(schema: Schema): string {
  const { minLength, maxLength, minimum, maximum } = withoutNull(schema);
  const parts = [
    span(minLength, maxLength, "characters"),
    span(minimum, maximum, ""),
    schema.default === undefined ? undefined : `${JSON.stringify(schema.default)} when left out`,
  ];
  return parts.filter((part) => part !== undefined).join(", ");
}

function span(least: number | undefined, most: number | undefined, unit: string): string | undefined {
  if (least === undefined && most === undefined) return undefined;
  const ends =
    least === undefined ? `at most ${most}` : most === undefined ? `at least ${least}` : `${least} to ${most}`;
  return unit ? `${ends} ${unit}` : ends;
}

function withoutNull(schema: Schema): Schema {
  const rest = schema.anyOf?.filter(({ type }) => type !== "null");
  const [only] = rest ?? [];
  return only && rest?.length === 1 && schema.anyOf?.length === 2 ? only : schema;
}
