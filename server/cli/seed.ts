import { and, desc, eq, sql } from "drizzle-orm";
import { acceptInvitation } from "@/lib/accounts/accept";
import { createTeam } from "@/lib/accounts/create-team";
import { invite } from "@/lib/accounts/invite";
import { switchAccount } from "@/lib/accounts/switch";
import { businessNow } from "@/lib/clock";
import type { Ctx, GuestActor, UserActor } from "@/lib/ctx";
import type { Tx } from "@/lib/db/client";
import { logins, outbox } from "@/lib/db/schema";
import { grantRooms } from "@/lib/entitlements/grant";
import { featuresOf } from "@/lib/entitlements/rules";
import { type Id, newId } from "@/lib/ids";
import { createKey } from "@/lib/keys/create";
import { revokeKey } from "@/lib/keys/revoke";
import { issueMailToken } from "@/lib/logins/mail-token";
import { type RoomsPlan, roomsPlans } from "@/lib/plans/catalogue";
import { register } from "@/lib/registration/register";
import { verifyEmail } from "@/lib/registration/verify-email";
import { closeRoom } from "@/lib/rooms/close";
import { openRoom } from "@/lib/rooms/open";
import { OpenRoom } from "@/lib/rooms/schema";
import type { Role } from "@/lib/scopes";
import { openRequest } from "@/lib/support/open";
import { addMonths } from "@/lib/time";

type Demo = { email: string; password: string };

/** A believable small company, made by the same verbs that people's clicks call. */
export async function seedCompany(tx: Tx, [owner, member]: readonly Demo[]): Promise<void> {
  if (!owner || !member) throw new Error("The company needs an owner and a member");
  const noor = await arrive(tx, { ...owner, name: "Noor Lindqvist" });
  const lantern = await createTeam(noor, { name: "Lantern" });
  const studio = await actingFor(noor, lantern.id, "owner");

  await createKey(studio, {
    name: "Booking page",
    label: "mk",
    allowedOrigins: ["https://book.lantern.example"],
    expiresAt: null,
  });
  await createKey(studio, {
    name: "Newsletter",
    label: "nk",
    allowedOrigins: [],
    expiresAt: null,
    scopes: ["gateway:call", "usage:read"],
  });
  const laptop = await createKey(studio, { name: "Old laptop", label: "mk", allowedOrigins: [], expiresAt: null });
  await revokeKey(studio, { id: laptop.id });

  const dana = await arrive(tx, { ...member, name: "Dana Okafor" });
  await invite(studio, { email: member.email, role: "member" });
  await acceptInvitation(dana, { token: await invitationFor(tx, member.email) });
  const atWork = await actingFor(dana, lantern.id, "member");
  await openRequest(atWork, {
    subject: "May a guest join without an account?",
    message: "We would like to send our readers a link and nothing else.\n\nDo they have to register first?",
  });
  await invite(studio, { email: "mika@lantern.example", role: "billing" });
  await furnish(studio, roomsPlans[1]);
}

/** What a plan of the rooms family gives, and three rooms of which one is closed again. */
async function furnish(studio: Ctx<UserActor>, plan: RoomsPlan): Promise<void> {
  const operator = { ...studio, actor: { kind: "system" as const, name: "demo data" } };
  const { accountId } = studio.actor;
  const periodEnd = addMonths(studio.now, 1);
  await grantRooms(operator, { accountId, features: featuresOf(plan), periodStart: studio.now, periodEnd });
  await openRoom(studio, OpenRoom.parse({ name: "Reading room" }));
  await openRoom(studio, OpenRoom.parse({ name: "Front desk", type: "voice", waitingRoom: true }));
  const { id } = await openRoom(studio, OpenRoom.parse({ name: "Spring open day" }));
  await closeRoom(studio, { id });
}

/** Registers somebody and proves their address. */
async function arrive(tx: Tx, person: Demo & { name: string }): Promise<Ctx<UserActor>> {
  const guest: Ctx<GuestActor> = {
    actor: { kind: "guest" },
    db: tx,
    now: businessNow(),
    origin: { requestId: newId("req"), ip: null, userAgent: "demo data" },
  };
  const { user, account } = await register(guest, { ...person, label: "mk" });
  const token = await issueMailToken({ ...guest, db: tx }, "verify_email", { userId: user.id, email: user.email });
  await verifyEmail(guest, { token });
  const [login] = await tx
    .select({ id: logins.id })
    .from(logins)
    .where(eq(logins.userId, user.id))
    .orderBy(desc(logins.createdAt))
    .limit(1);
  if (!login) throw new Error("Nobody arrived");
  return {
    ...guest,
    actor: { kind: "user", userId: user.id, loginId: login.id, accountId: account.id, role: "owner", isStaff: false },
  };
}

async function actingFor(ctx: Ctx<UserActor>, accountId: Id<"account">, role: Role): Promise<Ctx<UserActor>> {
  await switchAccount(ctx, { accountId });
  return { ...ctx, actor: { ...ctx.actor, accountId, role } };
}

/** The token in the invitation that waits to be mailed, as its reader would find it. */
async function invitationFor(tx: Tx, email: string): Promise<string> {
  const [mail] = await tx
    .select({ link: sql<string>`${outbox.payload} -> 'facts' ->> 'link'` })
    .from(outbox)
    .where(
      and(
        eq(outbox.kind, "mail"),
        sql`${outbox.payload} ->> 'to' = ${email}`,
        sql`${outbox.payload} ->> 'template' = 'invitation'`,
      ),
    );
  const token = mail?.link.split("/").at(-1);
  if (!token) throw new Error(`No invitation went to ${email}`);
  return token;
}
