const LONGEST_LINE = 64;

type Notation = {
  /** How a field's name is written. */
  name: (field: string) => string;
  /** Stands behind the last entry of what takes several lines. */
  lastComma: "," | "";
};

const JSON_NOTATION: Notation = { name: (field) => JSON.stringify(field), lastComma: "" };
const TYPESCRIPT_NOTATION: Notation = {
  name: (field) => (/^[A-Za-z_$][\w$]*$/.test(field) ? field : JSON.stringify(field)),
  lastComma: ",",
};

/** JSON as a person writes it: what is short stays on its line. */
export const toJson = (value: unknown): string => written(value, JSON_NOTATION);

export const toTypeScript = (value: unknown): string => written(value, TYPESCRIPT_NOTATION);

function written(value: unknown, notation: Notation, depth = 0): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const entries = isList
    ? value.map((one) => written(one, notation, depth + 1))
    : Object.entries(value).map(([field, one]) => `${notation.name(field)}: ${written(one, notation, depth + 1)}`);
  const [open, close, pad] = isList ? ["[", "]", ""] : ["{", "}", entries.length > 0 ? " " : ""];

  const line = `${open}${pad}${entries.join(", ")}${pad}${close}`;
  const isShort = line.length + 2 * depth <= LONGEST_LINE && !line.includes("\n");
  if (isShort && (isList || depth > 0 || entries.length < 3)) return line;
  const indent = "  ".repeat(depth + 1);
  return `${open}\n${entries.map((entry) => indent + entry).join(",\n")}${notation.lastComma}\n${"  ".repeat(depth)}${close}`;
}
