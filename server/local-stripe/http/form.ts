/** What arrives: text, a list, or named parts. Nothing is a number yet. */
export type Raw = string | Raw[] | RawParts;
export type RawParts = { [name: string]: Raw };

const LONGEST_PATH = 12;

/** Reads `items[0][price]=p&expand[]=a`, which Stripe uses for bodies and query strings alike. */
export function parseForm(text: string): RawParts {
  const root: RawParts = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) place(root, pathOf(name), value);
  return tidy(root) as RawParts; // the root itself is never a list: `pathOf` refuses names without a first word
}

function pathOf(name: string): string[] {
  const [head = "", ...rest] = name.split("[");
  return [head === "" ? name : head, ...rest.map((part) => part.replace(/\]$/, ""))].slice(0, LONGEST_PATH);
}

function place(root: RawParts, path: string[], value: string): void {
  let at = root;
  for (const [depth, part] of path.entries()) {
    const key = part === "" ? String(Object.keys(at).length) : part;
    if (depth === path.length - 1) {
      at[key] = value;
      return;
    }
    const next = at[key];
    if (typeof next === "object" && !Array.isArray(next)) {
      at = next;
      continue;
    }
    const made: RawParts = Object.create(null);
    at[key] = made;
    at = made;
  }
}

/** Parts named 0, 1, 2 are a list. */
function tidy(raw: Raw): Raw {
  if (typeof raw === "string" || Array.isArray(raw)) return raw;
  const names = Object.keys(raw);
  if (names.length > 0 && names.every((name) => /^\d+$/.test(name))) {
    return names.sort((a, b) => Number(a) - Number(b)).map((name) => tidy(raw[name] ?? ""));
  }
  return Object.fromEntries(names.map((name) => [name, tidy(raw[name] ?? "")]));
}

/** A JSON body, in the same shape as a form. */
export function parseJson(text: string): RawParts {
  if (text.trim() === "") return {};
  const parsed: unknown = JSON.parse(text);
  const raw = fromJson(parsed);
  return typeof raw === "object" && !Array.isArray(raw) ? raw : {};
}

function fromJson(value: unknown): Raw {
  if (Array.isArray(value)) return value.map(fromJson);
  if (value === null || value === undefined) return "";
  if (typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, fromJson(part)]));
  return String(value);
}
