const LOOK_MS = 2_000;
/** A page whose clock stood still for so long has slept, and its connections with it. */
const SLEPT_MS = 10_000;

/** Tells when the network under the page changed, came back, or the machine woke up. */
export function watchNetwork(onChange: () => void): () => void {
  let before = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    if (now - before > LOOK_MS + SLEPT_MS) onChange();
    before = now;
  }, LOOK_MS);
  const connection = typeof navigator === "undefined" ? undefined : connectionOf(navigator);
  globalThis.addEventListener?.("online", onChange);
  connection?.addEventListener("change", onChange);
  return () => {
    clearInterval(timer);
    globalThis.removeEventListener?.("online", onChange);
    connection?.removeEventListener("change", onChange);
  };
}

/** Not every browser tells, and the platform's types know none that does. */
function connectionOf(navigator: object): EventTarget | undefined {
  const connection = "connection" in navigator ? navigator.connection : undefined;
  return connection instanceof EventTarget ? connection : undefined;
}
