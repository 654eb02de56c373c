import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { changeRole } from "@/lib/accounts/change-role";
import { createTeam } from "@/lib/accounts/create-team";
import { listMyAccounts } from "@/lib/accounts/queries";
import { forgetLogin } from "@/lib/auth/live-logins";
import { db } from "@/lib/db/client";
import { accounts, keys, logins, memberships, revocations, users } from "@/lib/db/schema";
import { aMember, aPerson, ctxOf } from "@/lib/testing/people";
import { actingFor, aTeam } from "@/lib/testing/teams";
import { closeAccount } from "./close";

test("closes a team: its keys end, its members go on elsewhere, its owner stays a user", async () => {
  const { accountId, owner, name } = await aTeam();
  const member = await aMember(accountId, "member");

  expect(await closeAccount(owner.ctx, { confirm: name })).toEqual({ closed: accountId, userClosed: false });

  for (const person of [owner, member]) {
    forgetLogin(person.loginId);
    const ctx = await ctxOf(person.loginId, person.userId);
    expect(ctx.actor).toMatchObject({ role: "owner" });
    expect((await listMyAccounts(ctx)).map(({ id }) => id)).not.toContain(accountId);
  }
});

test("closing a personal account ends its person: no name, no address, no key, no login", async () => {
  const person = await aPerson({ name: "Dana Kim" });
  const [account] = await db().select().from(accounts).where(eq(accounts.id, person.accountId));

  await closeAccount(person.ctx, { confirm: account?.name ?? "" });

  const [user] = await db().select().from(users).where(eq(users.id, person.userId));
  expect(user?.closedAt).toBeInstanceOf(Date);
  expect(JSON.stringify(user)).not.toMatch(/Dana|parley\.example|argon2/);
  const openKeys = (await db().select().from(keys).where(eq(keys.accountId, person.accountId))).filter(
    ({ revokedAt }) => !revokedAt,
  );
  expect(openKeys).toEqual([]);
  const held = await db().select().from(logins).where(eq(logins.userId, person.userId));
  expect(held.every(({ revokedAt }) => revokedAt !== null)).toBe(true);
  const told = await db().select().from(revocations);
  expect(told.map(({ subjectId }) => subjectId)).toContain(person.loginId);
  forgetLogin(person.loginId);
  await expect(ctxOf(person.loginId, person.userId)).rejects.toThrow();
});

test("a closed person's address can register again", async () => {
  const person = await aPerson();
  const [account] = await db().select().from(accounts).where(eq(accounts.id, person.accountId));
  await closeAccount(person.ctx, { confirm: account?.name ?? "" });

  const again = await aPerson({ email: person.email });
  expect(again.userId).not.toBe(person.userId);
});

test("is refused while the person is the only owner of a team, and then nothing changed", async () => {
  const person = await aPerson();
  const team = await createTeam(person.ctx, { name: "Choir" });
  const [account] = await db().select().from(accounts).where(eq(accounts.id, person.accountId));

  await expect(closeAccount(person.ctx, { confirm: account?.name ?? "" })).rejects.toMatchObject({
    code: "last_owner",
    message: expect.stringContaining("Choir"),
  });
  const [kept] = await db().select().from(accounts).where(eq(accounts.id, person.accountId));
  expect(kept?.closedAt).toBeNull();

  const heir = await aMember(team.id, "member");
  await changeRole((await actingFor(person, team.id)).ctx, { userId: heir.userId, role: "owner" });
  await closeAccount((await actingFor(person, person.accountId)).ctx, { confirm: account?.name ?? "" });
  const left = await db().select().from(memberships).where(eq(memberships.accountId, team.id));
  expect(left.map(({ userId }) => userId)).toEqual([heir.userId]);
});

test("needs the name of the account, and an owner", async () => {
  const { accountId, owner, name } = await aTeam();
  const admin = await aMember(accountId, "admin");

  await expect(closeAccount(owner.ctx, { confirm: `${name} ` })).resolves.toBeDefined();
  const other = await aTeam();
  await expect(closeAccount(other.owner.ctx, { confirm: "Something" })).rejects.toMatchObject({ code: "invalid" });
  await expect(closeAccount(admin.ctx, { confirm: name })).rejects.toMatchObject({ code: "forbidden" });
});

test("two people who share two teams can close at once without waiting in a circle", async () => {
  const [one, two] = await Promise.all([aPerson(), aPerson()]);
  for (const [host, guest] of [
    [one, two],
    [two, one],
  ] as const) {
    await db().insert(memberships).values({ accountId: host.accountId, userId: guest.userId, role: "member" });
  }
  const nameOf = async (id: typeof one.accountId) =>
    (await db().select().from(accounts).where(eq(accounts.id, id)))[0]?.name ?? "";
  const names = await Promise.all([nameOf(one.accountId), nameOf(two.accountId)]);

  const closed = await Promise.allSettled([
    closeAccount(one.ctx, { confirm: names[0] }),
    closeAccount(two.ctx, { confirm: names[1] }),
  ]);

  expect(closed.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
});
