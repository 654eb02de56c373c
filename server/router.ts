import type { PathParams } from "@/lib/http/registry";

type Pattern<T> = { parts: readonly string[]; value: T };
export type Found<T> = { value: T; params: PathParams };

/** Finds what is mounted at a path, by the file names of the page framework: `[id]` is one segment, `[...rest]` are all that follow. */
export function routerOf<T>(mounted: readonly { path: string; value: T }[]): (path: string) => Found<T> | undefined {
  const plain = new Map<string, Found<T>>();
  const patterns: Pattern<T>[] = [];
  for (const { path, value } of mounted) {
    if (path.includes("[")) patterns.push({ parts: path.split("/"), value });
    else plain.set(path, { value, params: {} });
  }

  return (path) => {
    const found = plain.get(path);
    if (found) return found;
    const segments = path.split("/");
    for (const { parts, value } of patterns) {
      const params = match(parts, segments);
      if (params) return { value, params };
    }
    return undefined;
  };
}

function match(parts: readonly string[], segments: readonly string[]): PathParams | undefined {
  const isOpen = parts.at(-1)?.startsWith("[...") ?? false;
  if (isOpen ? segments.length < parts.length : segments.length !== parts.length) return undefined;
  const params: PathParams = {};
  for (const [at, part] of parts.entries()) {
    const segment = segments[at] ?? "";
    if (part.startsWith("[...")) {
      params[part.slice(4, -1)] = segments.slice(at).map(decodeURIComponent);
    } else if (part.startsWith("[")) {
      if (segment === "") return undefined;
      params[part.slice(1, -1)] = decodeURIComponent(segment);
    } else if (part !== segment) {
      return undefined;
    }
  }
  return params;
}
