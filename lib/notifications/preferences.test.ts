import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { inTx } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { mails } from "@/lib/db/schema";
import { provide } from "@/lib/env";
import { parseInput } from "@/lib/input";
import { enqueueMail } from "@/lib/outbox/enqueue";
import { aPerson, guestCtx, type Person } from "@/lib/testing/people";
import { sendDueMails } from "@/server/loops/mail";
import { changePreference, unsubscribe } from "./change-preference";
import { listPreferences } from "./queries";
import { ChangePreference } from "./schema";
import { tokenFor } from "./unsubscribe-link";

const quota = { accountName: "Lantern", what: "rooms", used: 4, limit: 5, resetsAt: "2026-12-14T00:00:00Z" };

const warn = (to: string) =>
  inTx(guestCtx(), (ctx) => enqueueMail(ctx, { template: "quota_warning", to, facts: quota }));

async function sentTo({ email }: Person) {
  await sendDueMails();
  const rows = await db().select().from(mails).where(eq(mails.recipient, email)).orderBy(mails.id);
  return rows.filter(({ subject }) => subject !== "Confirm your e-mail address");
}

const wanted = async ({ ctx }: Person, kind: string) =>
  (await listPreferences(ctx)).kinds.find((one) => one.kind === kind)?.wanted;

test("the link in a mail stops its kind and no other, for its reader and nobody else, without a sign-in", async () => {
  const [dana, noor] = [await aPerson(), await aPerson()];
  await warn(dana.email);
  const [mail] = await sentTo(dana);
  expect(mail?.headers).toMatchObject({ "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" });
  const [, token = ""] =
    /^<http:\/\/localhost:3000\/unsubscribe\?token=([\w.-]+)>$/.exec(mail?.headers["List-Unsubscribe"] ?? "") ?? [];

  expect(await unsubscribe(guestCtx(), { token })).toEqual({ kind: "usage", label: "Use of a plan" });
  await unsubscribe(guestCtx(), { token });
  expect([await wanted(dana, "usage"), await wanted(dana, "support"), await wanted(noor, "usage")]).toEqual([
    false,
    true,
    true,
  ]);
});

test("a mail that waits when its kind is switched off is not sent, and one of another kind is", async () => {
  const dana = await aPerson();
  await warn(dana.email);
  await changePreference(dana.ctx, { kind: "usage", wanted: false });
  await inTx(guestCtx(), (ctx) =>
    enqueueMail(ctx, { template: "password_changed", to: dana.email, facts: { name: "Dana" } }),
  );
  expect((await sentTo(dana)).map(({ subject }) => subject)).toEqual(["Your password was changed"]);

  await changePreference(dana.ctx, { kind: "usage", wanted: true });
  await warn(dana.email);
  expect(await sentTo(dana)).toHaveLength(2);
});

test("what is required carries no way out and cannot be switched off", async () => {
  const dana = await aPerson();
  await inTx(guestCtx(), (ctx) =>
    enqueueMail(ctx, { template: "password_changed", to: dana.email, facts: { name: "Dana" } }),
  );
  const [mail] = await sentTo(dana);
  expect(Object.keys(mail?.headers ?? {})).not.toContain("List-Unsubscribe");
  for (const kind of ["security", "receipts", "failures"])
    expect(() => parseInput(ChangePreference, { kind, wanted: false })).toThrow("kind must be one of");
});

test("mail that can be switched off goes to nobody who left the address, because nobody there could", async () => {
  await warn("nobody@lantern.example");
  await sendDueMails();
  expect(await db().select().from(mails).where(eq(mails.recipient, "nobody@lantern.example"))).toEqual([]);
});

test("a link that was not made here stops nothing, whoever it names", async () => {
  const dana = await aPerson();
  const good = tokenFor({ userId: dana.userId, kind: "usage" });
  const [userId, , mark] = good.split(".");
  for (const token of [
    `${userId}.support.${mark}`,
    `${userId}.security.${mark}`,
    good.slice(0, -1),
    `${userId}.usage.`,
    "x",
  ])
    await expect(unsubscribe(guestCtx(), { token })).rejects.toMatchObject({ code: "invalid" });
  expect(await wanted(dana, "usage")).toBe(true);
});

test("a link of before the secret was rotated goes on working", async () => {
  const dana = await aPerson();
  const before = "a-secret-for-tests-and-for-nothing-else";
  const token = tokenFor({ userId: dana.userId, kind: "usage" });
  provide({ JWT_SECRET: "the-secret-that-took-its-place-in-tests", JWT_SECRET_PREVIOUS: before });
  await unsubscribe(guestCtx(), { token });
  provide({ JWT_SECRET: before });
  expect(await wanted(dana, "usage")).toBe(false);
});
