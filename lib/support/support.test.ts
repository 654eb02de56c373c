import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Ctx, UserActor } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { mails, supportRequests, users } from "@/lib/db/schema";
import { parseInput } from "@/lib/input";
import { changePreference } from "@/lib/notifications/change-preference";
import { plans } from "@/lib/plans/catalogue";
import { aMember, aPerson, type Person } from "@/lib/testing/people";
import { aTeam } from "@/lib/testing/teams";
import { sendDueMails } from "@/server/loops/mail";
import { answerRequest } from "./answer";
import { closeAsStaff, closeRequest } from "./close";
import { MOST_OPEN, openRequest } from "./open";
import { getQueued, getRequest, listQueue, listRequests } from "./queries";
import { replyToRequest } from "./reply";
import { levelFor } from "./rules";
import { OpenRequest } from "./schema";

async function aStaff(): Promise<Ctx<UserActor>> {
  const { ctx, userId } = await aPerson({ name: "Somebody of the house" });
  await db().update(users).set({ isStaff: true }).where(eq(users.id, userId));
  return { ...ctx, actor: { ...ctx.actor, isStaff: true } };
}

const ask = ({ ctx }: Person, subject = "A call ended early") =>
  openRequest(ctx, { subject, message: "It ended after a minute.", relatesTo: "req_12345678" });

const mailsTo = async ({ email }: Person) => {
  await sendDueMails();
  const rows = await db().select().from(mails).where(eq(mails.recipient, email));
  return rows.filter(({ subject }) => subject.startsWith("Answered"));
};

test("a question is answered on the page and by mail, and goes on from there", async () => {
  const [dana, staff] = [await aPerson({ name: "Dana" }), await aStaff()];
  const { id } = await ask(dana);
  await answerRequest(staff, { id, message: "The line was lost.\nYou were not charged." });
  expect(await getRequest(dana.ctx, { id })).toMatchObject({
    state: "answered",
    relatesTo: "req_12345678",
    messages: [
      { side: "person", name: "Dana", body: "It ended after a minute." },
      { side: "staff", name: "Parley", body: "The line was lost.\nYou were not charged." },
    ],
  });
  const [mail] = await mailsTo(dana);
  expect(mail).toMatchObject({ subject: "Answered: A call ended early" });
  expect(mail?.text).toContain(`> The line was lost.\n> You were not charged.`);
  expect(mail?.text).toContain(`/support/${id}\n`);

  await replyToRequest(dana.ctx, { id, message: "Thank you. And the next one?" });
  expect(await getRequest(dana.ctx, { id })).toMatchObject({ state: "open", messages: { length: 3 } });
  await closeRequest(dana.ctx, { id });
  await closeRequest(dana.ctx, { id });
  expect(await getRequest(dana.ctx, { id })).toMatchObject({ state: "closed" });
  await replyToRequest(dana.ctx, { id, message: "It happened again." });
  expect(await getRequest(dana.ctx, { id })).toMatchObject({ state: "open" });
});

test("who wants no mail about answers reads them on the page", async () => {
  const [dana, staff] = [await aPerson(), await aStaff()];
  const { id } = await ask(dana);
  await changePreference(dana.ctx, { kind: "support", wanted: false });
  await answerRequest(staff, { id, message: "Here it is." });
  expect(await mailsTo(dana)).toEqual([]);
  expect((await getRequest(dana.ctx, { id })).messages).toHaveLength(2);
});

test("nobody reads, continues or closes what somebody else asked, not even a colleague", async () => {
  const { accountId, owner } = await aTeam();
  const [colleague, stranger] = [await aMember(accountId, "admin"), await aPerson()];
  const { id } = await ask(owner);
  for (const { ctx } of [colleague, stranger]) {
    await expect(getRequest(ctx, { id })).rejects.toMatchObject({ code: "not_found" });
    await expect(replyToRequest(ctx, { id, message: "x" })).rejects.toMatchObject({ code: "not_found" });
    await expect(closeRequest(ctx, { id })).rejects.toMatchObject({ code: "not_found" });
    expect((await listRequests(ctx, { limit: 10 })).requests).toEqual([]);
  }
  expect((await listRequests(owner.ctx, { limit: 10 })).requests).toMatchObject([{ id, state: "open" }]);
});

test("the queue is for staff; to others it does not exist", async () => {
  const dana = await aPerson();
  const { id } = await ask(dana);
  for (const attempt of [
    () => listQueue(dana.ctx, { state: "open", page: 1 }),
    () => getQueued(dana.ctx, { id }),
    () => answerRequest(dana.ctx, { id, message: "I answer myself" }),
    () => closeAsStaff(dana.ctx, { id }),
  ])
    await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
});

test("the higher level comes first, and within one who waits longest; an answer takes it off", async () => {
  await db().execute(sql`truncate support_messages, support_requests`);
  const staff = await aStaff();
  const people = await Promise.all(["first", "second", "third", "fourth"].map((name) => aPerson({ name })));
  const asked = [];
  for (const person of people) asked.push(await ask(person));
  const [, second, third, fourth] = asked;
  if (!second || !third || !fourth) throw new Error("Four asked");
  await db().update(supportRequests).set({ level: "priority" }).where(eq(supportRequests.id, third.id));
  await db().update(supportRequests).set({ level: "dedicated" }).where(eq(supportRequests.id, fourth.id));

  const order = async () =>
    (await listQueue(staff, { state: "open", page: 1 })).requests.map(({ personName }) => personName);
  expect(await order()).toEqual(["fourth", "third", "first", "second"]);
  const [firstPerson] = people;
  await answerRequest(staff, { id: asked[0]?.id ?? second.id, message: "Done." });
  expect(await order()).toEqual(["fourth", "third", "second"]);
  if (firstPerson) await replyToRequest(firstPerson.ctx, { id: asked[0]?.id ?? second.id, message: "Not quite." });
  expect(await order()).toEqual(["fourth", "third", "second", "first"]);
  await closeAsStaff(staff, { id: fourth.id });
  expect(await listQueue(staff, { state: "closed", page: 1 })).toMatchObject({
    counts: { open: 3, answered: 0, closed: 1 },
    total: 1,
  });
});

test("a second message while one waits does not lose the place in the queue", async () => {
  const dana = await aPerson();
  const { id } = await ask(dana);
  const before = await getRequest(dana.ctx, { id });
  await replyToRequest(dana.ctx, { id, message: "One more thing." });
  expect((await getRequest(dana.ctx, { id })).waitingSince).toEqual(before.waitingSince);
});

test("a person has twenty requests open at most, and says in words what is wrong with one", async () => {
  const dana = await aPerson();
  await ask(dana);
  const rows = Array.from({ length: MOST_OPEN - 1 }, (_, index) => ({
    id: `support_${String(index).padStart(26, "0")}` as const,
    accountId: dana.accountId,
    userId: dana.userId,
    subject: "x",
    level: "standard" as const,
  }));
  await db().insert(supportRequests).values(rows);
  await expect(ask(dana)).rejects.toMatchObject({ code: "conflict" });

  const wrong = { subject: " ", message: "\u200b\n\u200b", relatesTo: "short" };
  expect(() => parseInput(OpenRequest, wrong)).toThrow("subject must not be empty.");
  const { message } = parseInput(OpenRequest, { subject: "x", message: " a\r\nb\u202e\r\r\n\n\nc\u0000 " });
  expect(message).toBe("a\nb\n\nc");
});

test("the best of an account's plans decides its level", () => {
  expect(levelFor([])).toBe("standard");
  const rooms = plans.filter((plan) => plan.family === "rooms");
  expect(rooms.map((plan) => [plan.id, levelFor([plan])])).toEqual([
    ["rooms-starter", "standard"],
    ["rooms-professional", "priority"],
    ["rooms-enterprise", "dedicated"],
  ]);
  expect(levelFor(rooms)).toBe("dedicated");
  expect(levelFor([{ support: "phone", hasDedicatedSupport: false }])).toBe("phone");
});
