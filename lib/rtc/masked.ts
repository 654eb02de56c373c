const MASK = "•••";
/** What opens a door to whoever reads it. */
const SECRETS: ReadonlySet<string> = new Set(["token", "resumeToken", "credential", "apiKey", "link"]);

/** A copy that may be shown and kept: plain values alone, without what is secret. */
export function masked(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/^(a=ice-pwd:)[^\r\n]*/gm, `$1${MASK}`);
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== "object" || value === null) return typeof value === "function" ? undefined : value;
  if (value instanceof Error) return { name: value.name, message: value.message, ...maskedFields(value) };
  if (isStream(value)) return { stream: value.id, tracks: value.getTracks().map(inWords) };
  return maskedFields(value);
}

const maskedFields = (fields: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, SECRETS.has(name) && value ? MASK : masked(value)]),
  );

/** Asked by what it can do, because a stream may come from a frame of the page. */
const isStream = (value: object): value is MediaStream =>
  "getTracks" in value && typeof value.getTracks === "function" && "id" in value;

const inWords = ({ kind, readyState, muted }: MediaStreamTrack): string =>
  `${kind}, ${readyState}${muted ? ", muted" : ""}`;
