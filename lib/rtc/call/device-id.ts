const KEY = "parley-device";

/** Names this tab for as long as it is open, reloads included. */
export function deviceIdOfTab(): string {
  const made = newRef();
  try {
    const kept = sessionStorage.getItem(KEY) ?? made;
    sessionStorage.setItem(KEY, kept);
    return kept;
  } catch {
    // The browser keeps nothing for this page; a reload is somebody new then.
    return made;
  }
}

/** Also where `randomUUID` is kept for secure pages. */
export function newRef(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
