import { actorOfLogin } from "@/lib/auth/live-logins";
import { businessNow } from "@/lib/clock";
import type { Ctx, GuestActor, TxCtx, UserActor } from "@/lib/ctx";
import { inTx } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { memberships } from "@/lib/db/schema";
import { type Id, newId } from "@/lib/ids";
import { openLogin } from "@/lib/logins/open";
import { register } from "@/lib/registration/register";
import type { Role } from "@/lib/scopes";

export const PASSWORD = "quiet-ledger-seven";

export type Person = {
  userId: Id<"user">;
  accountId: Id<"account">;
  loginId: Id<"login">;
  token: string;
  email: string;
  password: string;
  apiKey: string;
  ctx: Ctx<UserActor>;
};

const from = { requestId: "req_test", ip: "127.0.0.1", userAgent: "test" };

export const guestCtx = (): Ctx<GuestActor> => ({
  actor: { kind: "guest" },
  db: db(),
  now: businessNow(),
  origin: from,
});

let count = 0;

/** Somebody new, with an account of their own, signed in. */
export async function aPerson(given: { name?: string; email?: string; password?: string } = {}): Promise<Person> {
  count += 1;
  const email = given.email ?? `person-${count}-${newId("req").slice(-6)}@parley.example`;
  const password = given.password ?? PASSWORD;
  const made = await register(guestCtx(), { name: given.name ?? `Person ${count}`, email, password, label: "mk" });
  const userId = made.user.id;
  const accountId = made.account.id;
  const login = await inTx(guestCtx(), (ctx: TxCtx) => openLogin(ctx, { userId, accountId, via: "browser" }));
  return {
    userId,
    accountId,
    ...login,
    email,
    password,
    apiKey: made.apiKey.key,
    ctx: await ctxOf(login.loginId, userId),
  };
}

/** Somebody new who belongs to an account and acts for it. */
export async function aMember(accountId: Id<"account">, role: Role): Promise<Person> {
  const person = await aPerson();
  await db().insert(memberships).values({ accountId, userId: person.userId, role });
  const login = await inTx(guestCtx(), (ctx: TxCtx) =>
    openLogin(ctx, { userId: person.userId, accountId, via: "browser" }),
  );
  return { ...person, ...login, accountId, ctx: await ctxOf(login.loginId, person.userId) };
}

/** The context a request of this login would get now. */
export async function ctxOf(loginId: Id<"login">, userId: Id<"user">): Promise<Ctx<UserActor>> {
  const actor = await actorOfLogin({ loginId, userId });
  if (!actor) throw new Error("This login is not open");
  return { actor, db: db(), now: businessNow(), origin: from };
}
