import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { idempotency } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { AppError, invalid } from "@/lib/errors";
import type { TextAnswer } from "./answer";

type Attempt = { owner: string; key: string; body: string };

const KEY_SHAPE = /^[\x21-\x7e]{8,255}$/;
const RUNNING_SECONDS = 60;

/**
 * Runs `work` once for one key and answers every repeat with the first answer,
 * failures included, for a day. The row is the lock: two at once cannot both insert it.
 */
export async function runOnce(
  db: Db,
  attempt: Attempt,
  work: () => Promise<TextAnswer>,
): Promise<TextAnswer & { replayed: boolean }> {
  if (!KEY_SHAPE.test(attempt.key))
    throw invalid({ "Idempotency-Key": "Idempotency-Key must have 8 to 255 printable characters without spaces." });
  const keyHash = sha256(attempt.key);
  const first = await claim(db, attempt, keyHash);
  if (!first) return { ...(await replay(db, attempt, keyHash)), replayed: true };

  const answer = await work().catch(async (error) => {
    // Nothing is kept of what may be tried again, so the next try need not wait for this one's lock to run out.
    await db
      .delete(idempotency)
      .where(and(eq(idempotency.owner, attempt.owner), eq(idempotency.keyHash, keyHash), isNull(idempotency.status)))
      .catch(() => undefined);
    throw error;
  });
  await db
    .update(idempotency)
    .set({ status: answer.status, sealedBody: seal(attempt.key, answer.body) })
    .where(and(eq(idempotency.owner, attempt.owner), eq(idempotency.keyHash, keyHash)));
  return { ...answer, replayed: false };
}

/** Takes the row when it is new, has expired, or belongs to a request that died while running. */
async function claim(db: Db, { owner, body }: Attempt, keyHash: string): Promise<boolean> {
  const bodyHash = sha256(body);
  const lockedUntil = sql`clock_timestamp() + make_interval(secs => ${RUNNING_SECONDS})`;
  const expiresAt = sql`clock_timestamp() + interval '24 hours'`;
  const taken = await db
    .insert(idempotency)
    .values({ owner, keyHash, bodyHash, lockedUntil, expiresAt })
    .onConflictDoUpdate({
      target: [idempotency.owner, idempotency.keyHash],
      set: { bodyHash, lockedUntil, expiresAt, status: null, sealedBody: null, startedAt: sql`clock_timestamp()` },
      setWhere: sql`${idempotency.expiresAt} < clock_timestamp()
        or (${idempotency.status} is null and ${idempotency.lockedUntil} < clock_timestamp() and ${idempotency.bodyHash} = ${bodyHash})`,
    })
    .returning({ owner: idempotency.owner });
  return taken.length > 0;
}

async function replay(db: Db, { owner, key, body }: Attempt, keyHash: string): Promise<TextAnswer> {
  const [row] = await db
    .select()
    .from(idempotency)
    .where(and(eq(idempotency.owner, owner), eq(idempotency.keyHash, keyHash)));
  if (row && row.bodyHash !== sha256(body)) {
    throw new AppError("idempotency_mismatch", "This Idempotency-Key was already used with another request.");
  }
  if (!row?.status || row.sealedBody === null) {
    throw new AppError("idempotency_running", "The first request with this Idempotency-Key is still running.", {
      retryAfterSeconds: 1,
    });
  }
  return { status: row.status, body: open(key, row.sealedBody) };
}

function seal(key: string, body: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", sealingKey(key, env().JWT_SECRET ?? ""), iv);
  const sealed = Buffer.concat([cipher.update(body, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64");
}

/** Answers sealed before the secret was rotated open with the one before. */
function open(key: string, sealedBody: string): string {
  const { JWT_SECRET, JWT_SECRET_PREVIOUS } = env();
  for (const secret of [JWT_SECRET, JWT_SECRET_PREVIOUS]) {
    const body = secret === undefined ? undefined : openWith(sealingKey(key, secret), sealedBody);
    if (body !== undefined) return body;
  }
  throw new AppError(
    "gone",
    "This request was carried out before, and its answer cannot be read any more. Look at what it did, then use another Idempotency-Key.",
  );
}

function openWith(sealing: Buffer, sealedBody: string): string | undefined {
  const bytes = Buffer.from(sealedBody, "base64");
  const decipher = createDecipheriv("aes-256-gcm", sealing, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}

const sealingKey = (key: string, secret: string) =>
  Buffer.from(hkdfSync("sha256", key, secret, "parley idempotency", 32));

const sha256 = (text: string) => createHash("sha256").update(text).digest("base64url");
