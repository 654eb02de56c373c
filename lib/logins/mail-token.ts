import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Ctx, TxCtx } from "@/lib/ctx";
import { elapsedNow } from "@/lib/db/client";
import { mailTokens, users } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import { type Id, newId } from "@/lib/ids";
import { RESET_LIFE_MS, VERIFY_LIFE_MS } from "./rules";

type Purpose = "verify_email" | "reset_password";
export type Proof = { userId: Id<"user">; email: string };

const LIFE_MS: Record<Purpose, number> = { verify_email: VERIFY_LIFE_MS, reset_password: RESET_LIFE_MS };

/** Whether a new secret ends the earlier ones. A stranger who asks for a reset must not end the link that its owner just got. */
const REPLACES: Record<Purpose, boolean> = { verify_email: true, reset_password: false };

/** Makes the secret that a mail carries. */
export async function issueMailToken(ctx: TxCtx, purpose: Purpose, { userId, email }: Proof): Promise<string> {
  const secret = randomBytes(32).toString("base64url");
  if (REPLACES[purpose])
    await ctx.db
      .update(mailTokens)
      .set({ usedAt: elapsedNow })
      .where(and(eq(mailTokens.userId, userId), eq(mailTokens.purpose, purpose), isNull(mailTokens.usedAt)));
  await ctx.db.insert(mailTokens).values({
    id: newId("token"),
    userId,
    purpose,
    email,
    tokenHash: hashOf(purpose, secret),
    expiresAt: sql`clock_timestamp() + make_interval(secs => ${LIFE_MS[purpose] / 1_000})`,
  });
  return secret;
}

/** Whom a secret speaks for, without using it up. */
export async function findProof(ctx: Ctx, purpose: Purpose, secret: string): Promise<Proof & { name: string }> {
  const [proof] = await ctx.db
    .select({ userId: users.id, email: users.email, name: users.name })
    .from(mailTokens)
    .innerJoin(users, and(eq(users.id, mailTokens.userId), eq(users.email, mailTokens.email), isNull(users.closedAt)))
    .where(stillGood(purpose, secret));
  if (!proof) throw linkIsSpent();
  return proof;
}

/** Uses a secret up. Of two at once, one gets the proof and the other the refusal. */
export async function spendMailToken(ctx: TxCtx, purpose: Purpose, secret: string): Promise<Proof> {
  const [proof] = await ctx.db
    .update(mailTokens)
    .set({ usedAt: sql`clock_timestamp()` })
    .where(stillGood(purpose, secret))
    .returning({ userId: mailTokens.userId, email: mailTokens.email });
  if (!proof) throw linkIsSpent();
  return proof;
}

const stillGood = (purpose: Purpose, secret: string) =>
  and(
    eq(mailTokens.tokenHash, hashOf(purpose, secret)),
    eq(mailTokens.purpose, purpose),
    isNull(mailTokens.usedAt),
    gt(mailTokens.expiresAt, elapsedNow),
  );

export const linkIsSpent = () =>
  new AppError("gone", "This link has run out or was used already. Ask for another one.");

const hashOf = (purpose: Purpose, secret: string) =>
  createHash("sha256").update(`${purpose}:${secret}`).digest("base64url");
