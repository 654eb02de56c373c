import { and, eq, ne } from "drizzle-orm";
import { expect, test } from "vitest";
import { forgetLogin } from "@/lib/auth/live-logins";
import type { Ctx, UserActor } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { memberships } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import type { Role } from "@/lib/scopes";
import { aMember, aPerson, ctxOf, type Person } from "@/lib/testing/people";
import { anInvitation, aTeam } from "@/lib/testing/teams";
import { changeRole } from "./change-role";
import { invite } from "./invite";
import { leaveAccount } from "./leave";
import { getAccount, listInvitations, listMembers } from "./queries";
import { removeMember } from "./remove-member";
import { renameAccount } from "./rename";
import { revokeInvitation } from "./revoke-invitation";
import { switchAccount } from "./switch";

const roleOf = async (accountId: Id<"account">, userId: Id<"user">): Promise<Role | undefined> => {
  const [row] = await db()
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.accountId, accountId), eq(memberships.userId, userId)));
  return row?.role;
};

const ownersOf = (accountId: Id<"account">) =>
  db()
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(and(eq(memberships.accountId, accountId), eq(memberships.role, "owner")));

test("keeps one owner when both leave at once, twenty times over", { timeout: 60_000 }, async () => {
  for (let round = 0; round < 20; round += 1) {
    const { accountId, owner } = await aTeam();
    const second = await aMember(accountId, "owner");

    const left = await Promise.allSettled([leaveAccount(owner.ctx), leaveAccount(second.ctx)]);

    expect(left.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(left.find((one) => one.status === "rejected")).toMatchObject({ reason: { code: "last_owner" } });
    expect(await ownersOf(accountId)).toHaveLength(1);
  }
});

test("keeps one owner when two make each other members at once", { timeout: 60_000 }, async () => {
  for (let round = 0; round < 10; round += 1) {
    const { accountId, owner } = await aTeam();
    const second = await aMember(accountId, "owner");

    await Promise.allSettled([
      changeRole(owner.ctx, { userId: second.userId, role: "member" }),
      changeRole(second.ctx, { userId: owner.userId, role: "member" }),
    ]);

    expect(await ownersOf(accountId)).toHaveLength(1);
  }
});

test("asks for the role held now, not the one held on arrival", async () => {
  const { accountId, owner } = await aTeam();
  const admin = await aMember(accountId, "admin");
  const member = await aMember(accountId, "member");
  await changeRole(owner.ctx, { userId: admin.userId, role: "member" });

  // `admin.ctx` still says admin, as a request would that was on its way.
  await expect(removeMember(admin.ctx, { userId: member.userId })).rejects.toMatchObject({ code: "forbidden" });
  expect(await roleOf(accountId, member.userId)).toBe("member");
});

type Verb = (ctx: Ctx<UserActor>, target: Person, invitation: Id<"invite">) => Promise<unknown>;
const verbs: Record<string, { run: Verb; may: Role[] }> = {
  "sees the account": { run: (ctx) => getAccount(ctx), may: ["owner", "admin", "billing", "member"] },
  "sees members": { run: (ctx) => listMembers(ctx, { limit: 25 }), may: ["owner", "admin", "billing", "member"] },
  "sees invitations": { run: (ctx) => listInvitations(ctx), may: ["owner", "admin"] },
  renames: { run: (ctx) => renameAccount(ctx, { name: "Another name" }), may: ["owner", "admin"] },
  "invites a member": {
    run: (ctx) => invite(ctx, { email: "new@parley.example", role: "member" }),
    may: ["owner", "admin"],
  },
  "invites an owner": { run: (ctx) => invite(ctx, { email: "new@parley.example", role: "owner" }), may: ["owner"] },
  "revokes an invitation": { run: (ctx, _, id) => revokeInvitation(ctx, { id }), may: ["owner", "admin"] },
  "makes a member an admin": {
    run: (ctx, { userId }) => changeRole(ctx, { userId, role: "admin" }),
    may: ["owner", "admin"],
  },
  "makes a member an owner": { run: (ctx, { userId }) => changeRole(ctx, { userId, role: "owner" }), may: ["owner"] },
  "removes a member": { run: (ctx, { userId }) => removeMember(ctx, { userId }), may: ["owner", "admin"] },
};
const table = Object.entries(verbs).flatMap(([name, { run, may }]) =>
  (["owner", "admin", "billing", "member"] satisfies Role[]).map((role) => ({
    name,
    role,
    run,
    allowed: may.includes(role),
  })),
);

test.each(table)("$role $name: $allowed", async ({ role, run, allowed }) => {
  const { accountId, owner } = await aTeam();
  const [actor, target] = await Promise.all([aMember(accountId, role), aMember(accountId, "member")]);
  const { id } = await anInvitation(owner.ctx, { email: "open@parley.example", role: "member" });

  const attempt = run(actor.ctx, target, id);

  if (allowed) await attempt;
  else await expect(attempt).rejects.toMatchObject({ code: "forbidden" });
});

test("an admin cannot touch an owner", async () => {
  const { accountId, owner } = await aTeam();
  await aMember(accountId, "owner");
  const admin = await aMember(accountId, "admin");

  await expect(removeMember(admin.ctx, { userId: owner.userId })).rejects.toMatchObject({ code: "forbidden" });
  await expect(changeRole(admin.ctx, { userId: owner.userId, role: "member" })).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("shows addresses only to those who manage members", async () => {
  const { accountId, owner } = await aTeam();
  const member = await aMember(accountId, "member");

  const seen = await listMembers(member.ctx, { limit: 25 });
  expect(seen.members.map(({ email }) => email).filter(Boolean)).toEqual([member.email]);
  const managed = await listMembers(owner.ctx, { limit: 25 });
  expect(managed.members.every(({ email }) => email !== null)).toBe(true);
});

test("pages through members without losing one", async () => {
  const { accountId, owner } = await aTeam();
  const others = await Promise.all([
    aMember(accountId, "member"),
    aMember(accountId, "member"),
    aMember(accountId, "billing"),
  ]);

  const first = await listMembers(owner.ctx, { limit: 2 });
  const second = await listMembers(owner.ctx, { limit: 2, cursor: first.members.at(-1)?.userId });

  const seen = [...first.members, ...second.members].map(({ userId }) => userId);
  expect(new Set(seen)).toEqual(new Set([owner.userId, ...others.map(({ userId }) => userId)]));
  expect(second.nextCursor).toBeNull();
});

test("hides another account's members and invitations", async () => {
  const mine = await aTeam();
  const theirs = await aTeam();
  const member = await aMember(theirs.accountId, "member");
  const { id } = await anInvitation(theirs.owner.ctx, { email: "guest@parley.example", role: "member" });
  const { ctx } = mine.owner;

  await expect(changeRole(ctx, { userId: member.userId, role: "admin" })).rejects.toMatchObject({ code: "not_found" });
  await expect(removeMember(ctx, { userId: member.userId })).rejects.toMatchObject({ code: "not_found" });
  await expect(revokeInvitation(ctx, { id })).rejects.toMatchObject({ code: "not_found" });
  await expect(switchAccount(ctx, { accountId: theirs.accountId })).rejects.toMatchObject({ code: "not_found" });
  expect(await listInvitations(ctx)).toEqual([]);
});

test("a removed member's logins go on in their own account", async () => {
  const { accountId, owner } = await aTeam();
  const member = await aMember(accountId, "member");

  await removeMember(owner.ctx, { userId: member.userId });

  forgetLogin(member.loginId);
  const { actor } = await ctxOf(member.loginId, member.userId);
  expect(actor).toMatchObject({ userId: member.userId, role: "owner" });
  expect(actor.accountId).not.toBe(accountId);
});

test("somebody without any other account gets one when they leave", async () => {
  const { accountId, owner } = await aTeam();
  const person = await aPerson();
  const second = await aMember(accountId, "member");
  await db()
    .delete(memberships)
    .where(and(eq(memberships.userId, second.userId), ne(memberships.accountId, accountId)));

  const { accountId: next } = await leaveAccount(second.ctx);

  expect(await roleOf(next, second.userId)).toBe("owner");
  expect(next).not.toBe(person.accountId);
  expect(next).not.toBe(owner.accountId);
});

test("a personal account is not left and has no second owner", async () => {
  const person = await aPerson();
  const member = await aMember(person.accountId, "member");

  await expect(leaveAccount(person.ctx)).rejects.toMatchObject({ code: "last_owner" });
  await expect(changeRole(person.ctx, { userId: member.userId, role: "owner" })).rejects.toMatchObject({
    code: "invalid",
  });
});
