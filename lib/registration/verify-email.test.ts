import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { outbox, users } from "@/lib/db/schema";
import { aPerson, guestCtx, PASSWORD, type Person } from "@/lib/testing/people";
import { changeProfile } from "./change-profile";
import { composeVerification, requestVerification, verifyEmail } from "./verify-email";

const secretFor = async ({ userId, email }: Pick<Person, "userId" | "email">) =>
  (await composeVerification(guestCtx(), { userId, email }))?.token ?? "";

const isVerified = async (person: Person) => {
  const [user] = await db().select().from(users).where(eq(users.id, person.userId));
  return user?.emailVerifiedAt !== null;
};

test("a mail proves the address it went to, once", async () => {
  const person = await aPerson();
  const token = await secretFor(person);
  expect(await verifyEmail(guestCtx(), { token })).toEqual({ email: person.email });
  expect(await isVerified(person)).toBe(true);
  await expect(verifyEmail(guestCtx(), { token })).rejects.toMatchObject({ code: "gone" });
  await expect(requestVerification(person.ctx)).rejects.toMatchObject({ code: "conflict" });
});

test("a mail to an address that the user left proves nothing, and a queued one is not sent", async () => {
  const person = await aPerson();
  const token = await secretFor(person);
  const email = `moved-${person.email}`;
  await changeProfile(person.ctx, { email, currentPassword: PASSWORD });

  await expect(verifyEmail(guestCtx(), { token })).rejects.toMatchObject({ code: "gone" });
  expect(await composeVerification(guestCtx(), { userId: person.userId, email: person.email })).toBeUndefined();
  expect(await isVerified(person)).toBe(false);
  expect(await verifyEmail(guestCtx(), { token: await secretFor({ ...person, email }) })).toEqual({ email });
});

test("a new address asks for the password, and the old one hears of it", async () => {
  const person = await aPerson();
  const email = `next-${person.email}`;
  await expect(changeProfile(person.ctx, { email })).rejects.toMatchObject({
    extras: { details: { fields: { currentPassword: expect.any(String) } } },
  });
  await expect(changeProfile(person.ctx, { email, currentPassword: "not-the-one-7" })).rejects.toMatchObject({
    code: "invalid",
  });

  await db().delete(outbox);
  expect(await changeProfile(person.ctx, { name: "Noor", email, currentPassword: PASSWORD })).toMatchObject({
    name: "Noor",
    email,
    emailVerified: false,
  });
  const sent = (await db().select().from(outbox)).map(({ payload }) => payload);
  expect(sent).toContainEqual(expect.objectContaining({ to: email, template: "verify_email" }));
  expect(sent).toContainEqual(expect.objectContaining({ to: person.email, template: "email_changed" }));
});

test("an address that somebody has cannot be taken", async () => {
  const [mine, theirs] = [await aPerson(), await aPerson()];
  await expect(changeProfile(mine.ctx, { email: theirs.email, currentPassword: PASSWORD })).rejects.toMatchObject({
    code: "email_taken",
  });
});
