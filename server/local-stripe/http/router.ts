import { refused } from "./errors";
import type { Operation, PathParts } from "./operation";

type Route = { operation: Operation; words: string[] };
export type Router = { find(method: string, path: string): { operation: Operation; path: PathParts } };

/** Words in a path win over `{parts}`, so that `/search` is not an id. */
export function createRouter(operations: Operation[], unbuilt: string[], families: string[] = []): Router {
  const routes = operations.map((operation) => ({ operation, words: wordsOf(operation.path) }));
  const known = unbuilt.map((entry) => ({ method: entry.split(" ")[0], words: wordsOf(entry.split(" ")[1] ?? "") }));

  return {
    find(method, path) {
      const words = wordsOf(path);
      const [best] = routes
        .filter(
          (route) =>
            route.words.length === words.length && route.operation.method === method && matches(route.words, words),
        )
        .sort((a, b) => literals(b) - literals(a));
      if (best) return { operation: best.operation, path: partsOf(best.words, words) };
      if (
        known.some(
          (entry) => entry.method === method && entry.words.length === words.length && matches(entry.words, words),
        )
      ) {
        throw refused(`The local Stripe does not implement ${method} ${path}.`, { status: 501 });
      }
      if (families.some((family) => path === family || path.startsWith(`${family}/`)))
        throw refused(`The local Stripe does not implement ${method} ${path}.`, { status: 501 });
      throw refused(
        `Unrecognized request URL (${method}: ${path}). Please see https://docs.stripe.com or we can help at https://support.stripe.com/.`,
        {
          status: 404,
        },
      );
    },
  };
}

const wordsOf = (path: string): string[] => path.split("/").filter((word) => word !== "");
const isPart = (word: string): boolean => word.startsWith("{");
const literals = ({ words }: Route): number => words.filter((word) => !isPart(word)).length;
const matches = (pattern: string[], words: string[]): boolean =>
  pattern.every((word, index) => isPart(word) || word === words[index]);

function partsOf(pattern: string[], words: string[]): PathParts {
  return Object.fromEntries(
    pattern.flatMap((word, index) =>
      isPart(word) ? [[word.slice(1, -1), decodeURIComponent(words[index] ?? "")]] : [],
    ),
  );
}
