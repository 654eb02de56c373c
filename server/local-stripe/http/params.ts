import { missing, refused } from "./errors";
import type { Raw, RawParts } from "./form";

/** How one parameter is read. `path` is its name as Stripe writes it, `items[0][price]`. */
export type Field<T> = { read(raw: Raw, path: string): T; must?: boolean };
export type Must<T> = Field<T> & { must: true };
export type Shape = Record<string, Field<unknown>>;
type MustKeys<S extends Shape> = { [K in keyof S]: S[K] extends Must<unknown> ? K : never }[keyof S];
type ValueOf<F> = F extends Field<infer T> ? T : never;
export type Read<S extends Shape> = { [K in MustKeys<S>]: ValueOf<S[K]> } & {
  [K in Exclude<keyof S, MustKeys<S>>]?: ValueOf<S[K]> | undefined;
};

/** Reads the parameters of a request. What is not declared is refused by name. */
export function readParams<S extends Shape>(shape: S, raw: RawParts, parent = ""): Read<S> {
  const nameOf = (key: string) => (parent === "" ? key : `${parent}[${key}]`);
  for (const key of Object.keys(raw)) {
    if (!(key in shape))
      throw refused(`Received unknown parameter: ${nameOf(key)}`, { code: "parameter_unknown", param: nameOf(key) });
  }

  const read: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(shape)) {
    const value = raw[key];
    if (value === undefined && field.must) throw missing(nameOf(key));
    if (value !== undefined) read[key] = field.read(value, nameOf(key));
  }
  return read as Read<S>; // each key was read by the field of that key
}

export const must = <T>(field: Field<T>): Must<T> => ({ ...field, must: true });

const LONGEST_TEXT = 5_000;

export const text = (longest = LONGEST_TEXT): Field<string> => ({
  read(raw, path) {
    if (typeof raw !== "string") throw refused(`Invalid string: ${JSON.stringify(raw)}`, { param: path });
    if (raw === "") {
      throw refused(
        `You passed an empty string for '${path}'. We assume empty values are an attempt to unset a parameter; however '${path}' cannot be unset. You should remove '${path}' from your request or supply a non-empty value.`,
        { code: "parameter_invalid_empty", param: path },
      );
    }
    if (raw.length > longest)
      throw refused(`Invalid string: ${raw.slice(0, 40)}...; must be at most ${longest} characters`, { param: path });
    return raw;
  },
});

export const integer = (): Field<number> => ({
  read(raw, path) {
    if (typeof raw !== "string" || !/^-?\d{1,15}$/.test(raw)) {
      throw refused(`Invalid integer: ${typeof raw === "string" ? raw : JSON.stringify(raw)}`, {
        code: "parameter_invalid_integer",
        param: path,
      });
    }
    return Number(raw);
  },
});

export const count = (): Field<number> => ({
  read(raw, path) {
    const value = integer().read(raw, path);
    if (value < 0)
      throw refused("This value must be greater than or equal to 0.", {
        code: "parameter_invalid_integer",
        param: path,
      });
    return value;
  },
});

/** A decimal as text, at most twelve places: it is never a float here. */
export const decimal = (): Field<string> => ({
  read(raw, path) {
    if (typeof raw !== "string" || !/^-?\d{1,15}(\.\d{1,12})?$/.test(raw)) {
      throw refused(`Invalid decimal: ${typeof raw === "string" ? raw : JSON.stringify(raw)}`, { param: path });
    }
    return raw;
  },
});

export const percent = (): Field<number> => ({
  read(raw, path) {
    const value = Number(decimal().read(raw, path));
    if (value < 0 || value > 100) throw refused("This value must be between 0 and 100.", { param: path });
    return value;
  },
});

export const yesNo = (): Field<boolean> => ({
  read(raw, path) {
    if (raw === "true") return true;
    if (raw === "false") return false;
    throw refused(`Invalid boolean: ${typeof raw === "string" ? raw : JSON.stringify(raw)}`, { param: path });
  },
});

export const oneOf = <const T extends string>(...words: T[]): Field<T> => ({
  read(raw, path) {
    const found = words.find((word) => word === raw);
    if (found === undefined) {
      throw refused(`Invalid ${path}: must be one of ${inWords(words)}`, { param: path });
    }
    return found;
  },
});

/** `a`, `a or b`, `a, b, or c`. */
const inWords = (words: string[]): string =>
  words.length < 3 ? words.join(" or ") : `${words.slice(0, -1).join(", ")}, or ${words.at(-1)}`;

export const list = <T>(field: Field<T>, longest = 100): Field<T[]> => ({
  read(raw, path) {
    if (!Array.isArray(raw)) throw refused("Invalid array", { param: path });
    if (raw.length > longest)
      throw refused(`Array ${path} exceeded maximum ${longest} allowed elements.`, { param: path });
    return raw.map((entry, index) => field.read(entry, `${path}[${index}]`));
  },
});

export const parts = <S extends Shape>(shape: S): Field<Read<S>> => ({
  read(raw, path) {
    if (typeof raw === "string" || Array.isArray(raw)) {
      // An empty list and an empty hash look alike in a form.
      if (raw.length === 0) return readParams(shape, {}, path);
      throw refused("Invalid object", { param: path });
    }
    return readParams(shape, raw, path);
  },
});

/** Empty text means "take it away". */
export const clearable = <T>(field: Field<T>): Field<T | null> => ({
  read: (raw, path) => (raw === "" ? null : field.read(raw, path)),
});

/** The first that accepts wins; the last one's complaint is the one that is heard. */
export const either = <A, B>(first: Field<A>, second: Field<B>): Field<A | B> => ({
  read(raw, path) {
    try {
      return first.read(raw, path);
    } catch {
      return second.read(raw, path);
    }
  },
});

export const texts = (): Field<Record<string, string>> => ({
  read(raw, path) {
    if (typeof raw === "string" || Array.isArray(raw)) throw refused("Invalid object", { param: path });
    return Object.fromEntries(
      Object.entries(raw).map(([key, value]) => {
        if (typeof value !== "string") throw refused("Invalid string", { param: `${path}[${key}]` });
        return [key, value];
      }),
    );
  },
});

/** Read and kept as it came, for parts of the contract nothing here depends on. */
export const opaque = (): Field<Raw> => ({ read: (raw) => raw });

export const instant = integer;

/** A number, or bounds: `created[gte]=…`. */
export type Range = {
  gt?: number | undefined;
  gte?: number | undefined;
  lt?: number | undefined;
  lte?: number | undefined;
};
export const range = (): Field<Range> => ({
  read(raw, path) {
    if (typeof raw === "string") {
      const exact = integer().read(raw, path);
      return { gte: exact, lte: exact };
    }
    return parts({ gt: integer(), gte: integer(), lt: integer(), lte: integer() }).read(raw, path);
  },
});
