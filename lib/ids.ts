const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const TIME_LENGTH = 10;
const TURN_LENGTH = 3;
const RANDOM_LENGTH = 13;
const LAST_TURN = 32 ** TURN_LENGTH - 1;

/** The things that have an id. The kind is the prefix, so an id says what it is. */
export const ID_KINDS = [
  ...["user", "account", "invite", "login", "key", "token", "mail", "audit", "req"],
  ...["room", "link", "participant", "meeting", "chat", "pass"],
  ...["transfer", "lot", "hold", "payment", "refund", "dispute", "books", "card"],
  ...["subscription", "quote", "invoice"],
  ...["event", "endpoint", "support", "message"],
] as const satisfies readonly string[];

export type IdKind = (typeof ID_KINDS)[number];
export type Id<K extends IdKind> = `${K}_${string}`;

/** Ids that are made here sort in the order in which they were made; those of two processes, by the millisecond. Indexes stay compact. */
export function newId<K extends IdKind>(kind: K): Id<K> {
  const { ms, turn } = nextTurn(Date.now());
  return `${kind}_${inBase32(ms, TIME_LENGTH)}${inBase32(turn, TURN_LENGTH)}${randomPart()}`;
}

export function isId<K extends IdKind>(kind: K, value: unknown): value is Id<K> {
  if (typeof value !== "string" || !value.startsWith(`${kind}_`)) return false;
  const rest = value.slice(kind.length + 1);
  return rest.length === TIME_LENGTH + TURN_LENGTH + RANDOM_LENGTH && /^[0-9a-hjkmnp-tv-z]+$/.test(rest);
}

let last = { ms: 0, turn: 0 };

/** A turn within the millisecond, from a random start. Where the clock steps back or the turns run out, time is borrowed. */
function nextTurn(ms: number): { ms: number; turn: number } {
  const isNew = ms > last.ms;
  const isFull = !isNew && last.turn === LAST_TURN;
  if (isNew) last = { ms, turn: firstTurn() };
  else if (isFull) last = { ms: last.ms + 1, turn: firstTurn() };
  else last = { ms: last.ms, turn: last.turn + 1 };
  return last;
}

const firstTurn = () => Math.floor((Math.random() * LAST_TURN) / 2);

function inBase32(value: number, length: number): string {
  let text = "";
  let left = value;
  for (let i = 0; i < length; i += 1) {
    text = ALPHABET.charAt(left % 32) + text;
    left = Math.floor(left / 32);
  }
  return text;
}

// Random bytes are drawn by the hundred, because each draw is a call into the system.
const pool = new Uint8Array(64 * RANDOM_LENGTH);
let drawn = pool.length;

function randomPart(): string {
  if (drawn === pool.length) {
    crypto.getRandomValues(pool);
    drawn = 0;
  }
  const bytes = pool.subarray(drawn, drawn + RANDOM_LENGTH);
  drawn += RANDOM_LENGTH;
  let text = "";
  for (const byte of bytes) text += ALPHABET.charAt(byte & 31);
  return text;
}
