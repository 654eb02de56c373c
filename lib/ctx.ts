import { is } from "drizzle-orm";
import { PgTransaction } from "drizzle-orm/pg-core";
import type { Db, Tx } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { once } from "@/lib/once";
import type { RoomRole } from "@/lib/protocol/room-parts";
import { type KeyScope, ROLE_SCOPES, type Role, type Scope } from "@/lib/scopes";

/** What a signed token to a room says: which room, as whom, and how long it opens the door. */
export type RoomPass = {
  id: Id<"pass">;
  accountId: Id<"account">;
  roomId: Id<"room">;
  role: RoomRole;
  /** Whom the account means by it; the same subject is the same person. */
  subject: string | null;
  name: string | null;
  linkId: Id<"link"> | null;
  expiresAt: Date;
};

export type GuestActor = { kind: "guest" };
/** A guest who holds a pass to one room of one account. */
export type PassActor = GuestActor & { pass: RoomPass };
export type UserActor = {
  kind: "user";
  userId: Id<"user">;
  loginId: Id<"login">;
  accountId: Id<"account">;
  role: Role;
  isStaff: boolean;
};
export type KeyActor = { kind: "key"; keyId: Id<"key">; accountId: Id<"account">; scopes: readonly KeyScope[] };
export type SystemActor = { kind: "system"; name: string };

/** Somebody who acts for an account. */
export type MemberActor = UserActor | KeyActor;
/** Whoever may come to a room: for the account, or by a pass. */
export type RoomActor = MemberActor | PassActor;
export type Actor = GuestActor | MemberActor | SystemActor;

/** Where a request came from, for the audit log. */
export type Origin = { requestId: string; ip: string | null; userAgent: string | null };

/** Who is asking, on which connection, at what business instant. Every verb takes one, first. */
export type Ctx<A extends Actor = Actor> = { actor: A; db: Db | Tx; now: Date; origin: Origin };

/** A verb that takes a TxCtx cannot be called outside a transaction. */
export type TxCtx<A extends Actor = Actor> = Ctx<A> & { db: Tx };

/** Runs `work` in a transaction, or in the caller's if there already is one. */
export async function inTx<A extends Actor, T>(ctx: Ctx<A>, work: (ctx: TxCtx<A>) => Promise<T>): Promise<T> {
  const { db } = ctx;
  if (isTx(db)) return work({ ...ctx, db });
  const done = await db.transaction((tx) => work({ ...ctx, db: tx }));
  afterCommit().kick();
  return done;
}

/** What wakes the outbox once a transaction is through. The loop that sends sets it. */
export const afterCommit = () => once<{ kick: () => void }>("after-commit", () => ({ kick: () => undefined }));

export function hasScope({ actor }: Ctx<MemberActor>, scope: Scope): boolean {
  const scopes: readonly Scope[] = actor.kind === "user" ? ROLE_SCOPES[actor.role] : actor.scopes;
  return scopes.includes(scope);
}

export function requireScope(ctx: Ctx<MemberActor>, scope: Scope): void {
  const { actor } = ctx;
  if (hasScope(ctx, scope)) return;
  throw new AppError(
    "forbidden",
    actor.kind === "user"
      ? "Your role in this account does not allow that."
      : "This API key is not allowed to do that.",
    { details: { scope } },
  );
}

/** Some things need a person: no key may do them, whatever it is allowed. */
export function requireUser(ctx: Ctx<MemberActor>): asserts ctx is Ctx<UserActor> {
  if (ctx.actor.kind !== "user") throw new AppError("forbidden", "Sign in to do that. An API key is not enough.");
}

/** The same answer as for an address that does not exist, so that nobody learns that it does. */
export function requireStaff(ctx: Ctx): asserts ctx is Ctx<UserActor> {
  if (ctx.actor.kind !== "user" || !ctx.actor.isStaff) throw new AppError("not_found", "Page not found.");
}

const isTx = (db: Db | Tx): db is Tx => is(db, PgTransaction);
