import { refused } from "./errors";
import type { Field } from "./params";

const MOST_KEYS = 50;
const LONGEST_KEY = 40;
const LONGEST_VALUE = 500;

export type Metadata = Record<string, string>;

/** Null clears all of it; an empty value takes one key away. */
export const metadata = (): Field<Metadata | null> => ({
  read(raw, path) {
    if (raw === "") return null;
    if (typeof raw === "string" || Array.isArray(raw)) {
      throw refused("Invalid metadata: metadata must be a set of key-value pairs", { param: path });
    }
    return Object.fromEntries(
      Object.entries(raw).map(([key, value]) => [judgeKey(key, path), judgeValue(key, value, path)]),
    );
  },
});

function judgeKey(key: string, path: string): string {
  if (key.length > LONGEST_KEY) {
    throw refused(
      `Metadata keys can be up to ${LONGEST_KEY} characters long; '${key.slice(0, 60)}' is ${key.length}.`,
      { param: path },
    );
  }
  return key;
}

function judgeValue(key: string, value: unknown, path: string): string {
  if (typeof value !== "string")
    throw refused(`Metadata values must be strings; '${key}' is not.`, { param: `${path}[${key}]` });
  if (value.length > LONGEST_VALUE) {
    throw refused(
      `Metadata values can have up to ${LONGEST_VALUE} characters, but you passed in a value that is ${value.length} characters.`,
      {
        param: `${path}[${key}]`,
      },
    );
  }
  return value;
}

/** Metadata is merged, never replaced. */
export function mergeMetadata(before: Metadata | null, change: Metadata | null | undefined): Metadata {
  if (change === undefined) return before ?? {};
  if (change === null) return {};
  const merged = Object.entries({ ...before, ...change }).filter(([, value]) => value !== "");
  if (merged.length > MOST_KEYS)
    throw refused(`You can only have up to ${MOST_KEYS} metadata keys.`, { param: "metadata" });
  return Object.fromEntries(merged);
}
