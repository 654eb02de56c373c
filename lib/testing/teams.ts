import { eq } from "drizzle-orm";
import { createTeam } from "@/lib/accounts/create-team";
import { invite } from "@/lib/accounts/invite";
import type { Invite } from "@/lib/accounts/schema";
import { switchAccount } from "@/lib/accounts/switch";
import { forgetLogin } from "@/lib/auth/live-logins";
import type { Ctx, UserActor } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { outbox } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { aPerson, ctxOf, type Person } from "./people";

export type Team = { accountId: Id<"account">; name: string; owner: Person };

/** A team and its owner, who acts for it. */
export async function aTeam(name = "Reading room"): Promise<Team> {
  const owner = await aPerson();
  const { id } = await createTeam(owner.ctx, { name });
  return { accountId: id, name, owner: await actingFor(owner, id) };
}

/** The same person, whose login now acts for another of their accounts. */
export async function actingFor(person: Person, accountId: Id<"account">): Promise<Person> {
  await switchAccount(person.ctx, { accountId });
  forgetLogin(person.loginId);
  return { ...person, accountId, ctx: await ctxOf(person.loginId, person.userId) };
}

/** Sends an invitation and reads the token out of the mail, where alone it stands. */
export async function anInvitation(ctx: Ctx<UserActor>, input: Invite): Promise<{ id: Id<"invite">; token: string }> {
  const { id } = await invite(ctx, input);
  const rows = await db()
    .select({ payload: outbox.payload })
    .from(outbox)
    .where(eq(outbox.kind, "mail"))
    .orderBy(outbox.id);
  const mail = rows
    .map(({ payload }) => JSON.stringify(payload))
    .findLast((text) => text.includes(input.email) && text.includes("/invite/"));
  const token = mail && /\/invite\/([\w-]+)/.exec(mail)?.[1];
  if (!token) throw new Error("No invitation was mailed");
  return { id, token };
}

/** Somebody whose account has nothing yet: a team gets no welcome. */
export const anOwner = async (): Promise<Person> => (await aTeam()).owner;
