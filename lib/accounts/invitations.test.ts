import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Ctx, UserActor } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { invitations, memberships, outbox } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { closeAccount } from "@/lib/registration/close";
import { aMember, aPerson, guestCtx } from "@/lib/testing/people";
import { actingFor, anInvitation, aTeam } from "@/lib/testing/teams";
import { acceptInvitation } from "./accept";
import { changeRole } from "./change-role";
import { invite } from "./invite";
import { leaveAccount } from "./leave";
import { findInvitation, listInvitations, listMyAccounts } from "./queries";
import { removeMember } from "./remove-member";
import { revokeInvitation } from "./revoke-invitation";
import { MOST_OPEN_INVITATIONS } from "./rules";

test("joins with the role that was offered, and accepting again changes nothing", async () => {
  const { accountId, owner, name } = await aTeam();
  const guest = await aPerson();
  const { token } = await anInvitation(owner.ctx, { email: guest.email, role: "billing" });

  const first = await acceptInvitation(guest.ctx, { token });
  const second = await acceptInvitation(guest.ctx, { token });

  expect(first).toEqual({ id: accountId, name, role: "billing" });
  expect(second).toEqual(first);
  expect(await listMyAccounts(guest.ctx)).toContainEqual({
    id: accountId,
    name,
    kind: "team",
    role: "billing",
    current: false,
  });
});

test("makes one member of one person who accepts in two windows at once", { timeout: 60_000 }, async () => {
  for (let round = 0; round < 10; round += 1) {
    const { accountId, owner } = await aTeam();
    const guest = await aPerson();
    const { token } = await anInvitation(owner.ctx, { email: guest.email, role: "member" });

    const joined = await Promise.all([acceptInvitation(guest.ctx, { token }), acceptInvitation(guest.ctx, { token })]);

    expect(joined[0]).toEqual(joined[1]);
    const rows = await db().select().from(memberships).where(eq(memberships.accountId, accountId));
    expect(rows).toHaveLength(2);
  }
});

test("is for the address it was sent to, even when two people try at once", async () => {
  const { accountId, owner } = await aTeam();
  const [guest, stranger] = await Promise.all([aPerson(), aPerson()]);
  const { token } = await anInvitation(owner.ctx, { email: guest.email, role: "member" });

  const [joined, refused] = await Promise.allSettled([
    acceptInvitation(guest.ctx, { token }),
    acceptInvitation(stranger.ctx, { token }),
  ]);

  expect(joined).toMatchObject({ status: "fulfilled", value: { id: accountId } });
  expect(refused).toMatchObject({ status: "rejected", reason: { code: "forbidden" } });
});

test("a revoked, replaced, spent or run-out link does not work", async () => {
  const { owner } = await aTeam();
  const guest = await aPerson();
  const email = guest.email;

  const replaced = await anInvitation(owner.ctx, { email, role: "admin" });
  const revoked = await anInvitation(owner.ctx, { email, role: "member" });
  await expect(acceptInvitation(guest.ctx, replaced)).rejects.toMatchObject({ code: "gone" });
  await revokeInvitation(owner.ctx, { id: revoked.id });
  await expect(acceptInvitation(guest.ctx, revoked)).rejects.toMatchObject({ code: "gone" });

  const late = await anInvitation(owner.ctx, { email, role: "member" });
  await db()
    .update(invitations)
    .set({ expiresAt: sql`clock_timestamp() - interval '1 second'` })
    .where(eq(invitations.id, late.id));
  await expect(acceptInvitation(guest.ctx, late)).rejects.toMatchObject({ code: "gone" });

  const spent = await anInvitation(owner.ctx, { email, role: "member" });
  await acceptInvitation(guest.ctx, spent);
  await removeMember(owner.ctx, { userId: guest.userId });
  await expect(acceptInvitation(guest.ctx, spent)).rejects.toMatchObject({ code: "gone" });
  await expect(acceptInvitation(guest.ctx, { token: "nothing-like-it" })).rejects.toMatchObject({ code: "not_found" });
});

test("shows whoever holds the link what it offers, and its state", async () => {
  const { owner, name } = await aTeam();
  const { id, token } = await anInvitation(owner.ctx, { email: "late@parley.example", role: "admin" });

  expect(await findInvitation(guestCtx(), token)).toMatchObject({
    accountName: name,
    role: "admin",
    email: "late@parley.example",
    state: "open",
  });
  await revokeInvitation(owner.ctx, { id });
  expect(await findInvitation(guestCtx(), token)).toMatchObject({ state: "revoked" });
  expect(await findInvitation(guestCtx(), `${token}x`)).toBeUndefined();
});

test("keeps only the hash of the token", async () => {
  const { owner } = await aTeam();
  const { id, token } = await anInvitation(owner.ctx, { email: "hash@parley.example", role: "member" });

  const [row] = await db().select().from(invitations).where(eq(invitations.id, id));
  expect(JSON.stringify(row)).not.toContain(token);
});

test("refuses to invite a member, and mails nothing", async () => {
  const { accountId, owner } = await aTeam();
  const member = await aMember(accountId, "member");
  const before = await db().$count(outbox, eq(outbox.kind, "mail"));

  await expect(invite(owner.ctx, { email: member.email, role: "admin" })).rejects.toMatchObject({ code: "conflict" });
  expect(await db().$count(outbox, eq(outbox.kind, "mail"))).toBe(before);
});

test("stops at so many open invitations, and takes one again after a revocation", { timeout: 60_000 }, async () => {
  const { owner } = await aTeam();
  for (let sent = 0; sent < MOST_OPEN_INVITATIONS; sent += 1)
    await invite(owner.ctx, { email: `guest-${sent}@parley.example`, role: "member" });

  await expect(invite(owner.ctx, { email: "one-more@parley.example", role: "member" })).rejects.toMatchObject({
    code: "conflict",
  });
  await invite(owner.ctx, { email: "guest-1@parley.example", role: "admin" });
  const [latest] = await listInvitations(owner.ctx);
  expect(latest).toMatchObject({ email: "guest-1@parley.example", role: "admin" });
  await revokeInvitation(owner.ctx, { id: latest?.id ?? "invite_" });
  await invite(owner.ctx, { email: "one-more@parley.example", role: "member" });
});

test("two invitations to one address at once leave one that works", async () => {
  const { owner } = await aTeam();
  const guest = await aPerson();
  await Promise.all([
    invite(owner.ctx, { email: guest.email, role: "member" }),
    invite(owner.ctx, { email: guest.email, role: "admin" }),
  ]);
  expect(await listInvitations(owner.ctx)).toHaveLength(1);
});

test("who is removed, leaves or is made less does not come back through an invitation of their own", async () => {
  const { accountId, owner } = await aTeam();
  const ways = [
    (userId: Id<"user">) => removeMember(owner.ctx, { userId }),
    (_: Id<"user">, ctx: Ctx<UserActor>) => leaveAccount(ctx),
    (userId: Id<"user">) => changeRole(owner.ctx, { userId, role: "billing" }),
  ];
  for (const way of ways) {
    const admin = await aMember(accountId, "admin");
    const second = await aPerson();
    const { token } = await anInvitation(admin.ctx, { email: second.email, role: "admin" });

    await way(admin.userId, admin.ctx);

    await expect(acceptInvitation(second.ctx, { token })).rejects.toMatchObject({ code: "gone" });
  }
});

test("an owner made admin keeps the invitations that an admin may send", async () => {
  const { accountId, owner } = await aTeam();
  const second = await aMember(accountId, "owner");
  const [guest, friend] = await Promise.all([aPerson(), aPerson()]);
  const asOwner = await anInvitation(second.ctx, { email: friend.email, role: "owner" });
  const asMember = await anInvitation(second.ctx, { email: guest.email, role: "member" });

  await changeRole(owner.ctx, { userId: second.userId, role: "admin" });

  await expect(acceptInvitation(friend.ctx, asOwner)).rejects.toMatchObject({ code: "gone" });
  await expect(acceptInvitation(guest.ctx, asMember)).resolves.toMatchObject({ role: "member" });
});

test("who closes their own account leaves no open invitation in a team", async () => {
  const { accountId } = await aTeam();
  const admin = await aMember(accountId, "admin");
  const second = await aPerson();
  const { token } = await anInvitation(admin.ctx, { email: second.email, role: "admin" });
  const home = (await listMyAccounts(admin.ctx)).find(({ kind }) => kind === "personal");
  const atHome = await actingFor(admin, home?.id ?? accountId);

  await closeAccount(atHome.ctx, { confirm: home?.name ?? "" });

  await expect(acceptInvitation(second.ctx, { token })).rejects.toMatchObject({ code: "gone" });
});

test("an admin does not replace an owner's invitation of an owner", async () => {
  const { accountId, owner } = await aTeam();
  const admin = await aMember(accountId, "admin");
  const guest = await aPerson();
  const { token } = await anInvitation(owner.ctx, { email: guest.email, role: "owner" });

  await expect(invite(admin.ctx, { email: guest.email, role: "member" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(acceptInvitation(guest.ctx, { token })).resolves.toMatchObject({ role: "owner" });
});
