import { availableParallelism } from "node:os";
import { hash, verify } from "@node-rs/argon2";
import { verify as verifyBcrypt } from "@node-rs/bcrypt";
import { AppError } from "@/lib/errors";
import { once } from "@/lib/once";
import { isImported } from "./rules";

const ARGON2ID = 2;
const COST = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashing runs in a pool of four threads that reads files too, so it never takes more than that. */
const LANES = Math.min(availableParallelism(), 4);
const MOST_WAITING = 20;

/** Of a password that nobody has. An unknown address costs as much work as a known one. */
const NOBODYS_HASH =
  "$argon2id$v=19$m=19456,t=2,p=1$1qurM6vuCNckvSZwItHh3g$kgFpCIToFv8f+ncKdfFtDyJ8LzKJCOqIZrhSpFYDc18";

type Queue = { running: number; waiting: (() => void)[]; done: number };
const queue = () => once<Queue>("password-queue", () => ({ running: 0, waiting: [], done: 0 }));

export const hashPassword = (password: string): Promise<string> => inQueue(() => hash(plain(password), COST));

/** Whether the password belongs to the hash. Without a hash that we can read it never does, after the same work. */
export async function isPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  if (passwordHash && isImported(passwordHash)) return inQueue(() => verifyBcrypt(password, passwordHash));
  const readable = passwordHash?.startsWith("$argon2id$") ? passwordHash : undefined;
  const matches = await inQueue(() => verify(readable ?? NOBODYS_HASH, plain(password)));
  return matches && readable !== undefined;
}

/** How many hashes run, wait, and were made since the start. */
export const hashing = () => ({ running: queue().running, waiting: queue().waiting.length, done: queue().done });

/** A flood of passwords is refused before it costs memory, or a look into the database. */
export function requireHashingRoom(): void {
  if (queue().waiting.length < MOST_WAITING) return;
  throw new AppError("unavailable", "Too many people are signing in right now. Try again in a few seconds.", {
    retryAfterSeconds: 2,
  });
}

async function inQueue<T>(work: () => Promise<T>): Promise<T> {
  const held = queue();
  if (held.running < LANES) {
    held.running += 1;
  } else {
    requireHashingRoom();
    await new Promise<void>((resolve) => held.waiting.push(resolve));
  }
  try {
    return await work();
  } finally {
    held.done += 1;
    const next = held.waiting.shift();
    // The lane goes to whoever waited longest and is not counted anew.
    if (next) next();
    else held.running -= 1;
  }
}

/** The same letters typed on two keyboards may differ in bytes. */
const plain = (password: string) => password.normalize("NFKC");
