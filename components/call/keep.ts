/** Small things that this browser keeps for the next call. Where it keeps nothing, nothing is kept. */
export function recall(name: string, where: "local" | "session" = "local"): string | null {
  try {
    return storeOf(where).getItem(`parley.call.${name}`);
  } catch {
    return null;
  }
}

export function keep(name: string, value: string | null, where: "local" | "session" = "local"): void {
  try {
    if (value === null) storeOf(where).removeItem(`parley.call.${name}`);
    else storeOf(where).setItem(`parley.call.${name}`, value);
  } catch {
    // A private window may refuse; the call works without.
  }
}

const storeOf = (where: "local" | "session") => (where === "local" ? window.localStorage : window.sessionStorage);
