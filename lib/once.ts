const slots = globalThis as typeof globalThis & { parley?: Map<string, unknown> };

/**
 * Makes a thing once per process. Next's bundle and the server bundle each hold
 * their own copy of a module, so anything there must be one of lives here.
 */
export function once<T>(name: string, make: () => T): T {
  slots.parley ??= new Map();
  const made = slots.parley.get(name) as T | undefined; // only `make` under the same name ever fills this slot
  if (made !== undefined) return made;
  if (!slots.parley.has(name)) slots.parley.set(name, make());
  return slots.parley.get(name) as T; // as above
}
