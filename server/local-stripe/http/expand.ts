import type { Space } from "../store/space";
import { refused } from "./errors";

const DEEPEST = 4;

type Facts = Record<string, unknown>;
/** Parts of an object that are absent until somebody asks for them, and how to get each. */
export type Includes = Record<string, Record<string, (space: Space, object: Facts) => Promise<unknown>>>;

/** The answer as the caller asked for it. The stored objects stay untouched. */
export async function expanded(space: Space, answer: object, paths: string[], includes: Includes): Promise<object> {
  const copy = structuredClone(answer) as Facts; // an answer is a record of its fields
  for (const path of paths) {
    const words = path.split(".");
    if (words.length > DEEPEST)
      throw refused(`You cannot expand more than ${DEEPEST} levels of a property. Property: ${path}`, {
        param: "expand",
      });
    await open({ space, includes, path }, copy, words);
  }
  return copy;
}

type Asking = { space: Space; includes: Includes; path: string };

async function open(asking: Asking, target: Facts, [word = "", ...rest]: string[]): Promise<void> {
  const include = typeof target.object === "string" ? asking.includes[target.object]?.[word] : undefined;
  if (include && target[word] === undefined) {
    // Another path may have asked for it already, and may have opened it further.
    target[word] = structuredClone(await include(asking.space, target));
  } else if (!(word in target) && !include) {
    throw refused(`This property cannot be expanded (${word}).${hint(target, word)}`, { param: "expand" });
  }
  target[word] = await openValue(asking, target[word], rest);
}

const hint = (target: Facts, word: string): string =>
  target.object === "list" ? ` You may want to try expanding 'data.${word}' instead.` : "";

async function openValue(asking: Asking, value: unknown, rest: string[]): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((entry) => openValue(asking, entry, rest)));
  const found = typeof value === "string" ? await objectOf(asking, value) : value;
  if (typeof found === "object" && found !== null && rest.length > 0) await open(asking, found as Facts, rest); // an object of the API
  return found;
}

async function objectOf({ space, path }: Asking, id: string): Promise<unknown> {
  const found = await space.anything(id);
  if (found) return structuredClone(found);
  if (await space.isDeleted(id)) return { id, deleted: true };
  throw refused(`This property cannot be expanded (${path}).`, { param: "expand" });
}
