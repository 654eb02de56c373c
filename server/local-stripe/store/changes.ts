type Facts = Record<string, unknown>;

/**
 * What an `*.updated` event says there was before: the changed top-level
 * attributes, and inside a hash only the changed keys. Empty when nothing changed.
 */
export function previousAttributes(before: Facts, after: Facts): Facts {
  const changed: Facts = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (same(before[key], after[key])) continue;
    const [was, is] = [before[key], after[key]];
    changed[key] = isHash(was) && isHash(is) ? previousKeys(was, is) : (was ?? null);
  }
  return changed;
}

function previousKeys(was: Facts, is: Facts): Facts {
  // A list object is a hash too, and comes whole.
  if (was.object !== undefined) return was;
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((key) => !same(was[key], is[key]));
  return Object.fromEntries(keys.map((key) => [key, was[key] ?? null]));
}

const isHash = (value: unknown): value is Facts => typeof value === "object" && value !== null && !Array.isArray(value);

/** Jsonb does not keep the order of keys, so neither does this. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((entry, index) => same(entry, b[index]));
  if (!isHash(a) || !isHash(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => same(a[key], b[key]));
}
