import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { invite } from "@/lib/accounts/invite";
import { changeBranding } from "@/lib/branding/change";
import { setLogo } from "@/lib/branding/set-logo";
import { inTx } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { mails, outbox } from "@/lib/db/schema";
import { log } from "@/lib/log";
import { leaseMails, MOST_TRIES, waitBeforeRetry } from "@/lib/notifications/queue";
import type { Outgoing } from "@/lib/notifications/transport";
import { enqueueMail } from "@/lib/outbox/enqueue";
import { aPerson, guestCtx } from "@/lib/testing/people";
import { aPng } from "@/lib/testing/png";
import { subscribe } from "@/lib/testing/rooms";
import { sendDueMails, startMailLoop } from "./mail";

beforeEach(async () => {
  log().level = "silent";
  await db().delete(outbox);
  await db().delete(mails);
});

const queue = (to: string) =>
  inTx(guestCtx(), (ctx) => enqueueMail(ctx, { to, template: "password_changed", facts: { name: "Dana" } }));
const rows = () => db().select().from(outbox);

test("a mail goes out once, and its facts do not stay", async () => {
  await queue("dana@mail.example");
  await Promise.all([sendDueMails(), sendDueMails(), sendDueMails()]);
  expect(await db().select().from(mails)).toMatchObject([
    { recipient: "dana@mail.example", subject: "Your password was changed" },
  ]);
  expect(await rows()).toMatchObject([
    { attempts: 1, doneAt: expect.any(Date), payload: { template: "password_changed", facts: {} } },
  ]);
});

test("what a dead worker had in hand is sent by another when the lease runs out", async () => {
  await queue("dana@mail.example");
  expect(await leaseMails(10)).toHaveLength(1);
  await sendDueMails();
  expect(await db().select().from(mails)).toEqual([]);

  await db().update(outbox).set({ leasedUntil: sql`clock_timestamp() - interval '1 second'` });
  await sendDueMails();
  expect(await db().select().from(mails)).toHaveLength(1);
  expect(await rows()).toMatchObject([{ attempts: 2 }]);
});

test("a mail that cannot go comes again later, and is given up in the end", async () => {
  await queue("dana@mail.example");
  let tries = 0;
  const refuse = (_: Outgoing) => {
    tries += 1;
    return Promise.reject(new Error("421 try again"));
  };
  for (let i = 0; i < MOST_TRIES + 2; i += 1) {
    await sendDueMails(refuse);
    const [row] = await rows();
    if (!row?.deadAt) expect(row?.dueAt.getTime()).toBeGreaterThan(Date.now() + 20_000);
    await db().update(outbox).set({ dueAt: sql`clock_timestamp()` });
  }
  expect(tries).toBe(MOST_TRIES);
  expect(await rows()).toMatchObject([{ deadAt: expect.any(Date), doneAt: null, lastError: "421 try again" }]);
});

test("one that nobody can read is given up at once and holds up no other", async () => {
  await db()
    .insert(outbox)
    .values({ kind: "mail", payload: { template: "unheard_of", to: "x", facts: {} } });
  await queue("dana@mail.example");
  await sendDueMails();
  expect(await db().select().from(mails)).toHaveLength(1);
  expect((await rows()).filter(({ deadAt }) => deadAt)).toHaveLength(1);
});

test("each retry waits longer, within an hour or so", () => {
  const waits = Array.from({ length: MOST_TRIES }, (_, i) => waitBeforeRetry(i + 1, 0.5));
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(waits[0]).toBe(30_000);
  expect(waits.at(-1)).toBe(3_600_000);
});

test("the mails of registration and reset carry a link that was made as they left", async () => {
  const person = await aPerson();
  await inTx(guestCtx(), (ctx) => enqueueMail(ctx, { to: person.email, template: "reset_password", facts: {} }));
  await inTx(guestCtx(), (ctx) =>
    enqueueMail(ctx, { to: "nobody@mail.example", template: "reset_password", facts: {} }),
  );
  const loop = startMailLoop();
  await expect.poll(async () => (await rows()).every(({ doneAt }) => doneAt)).toBe(true);
  await loop.stop();

  const sent = await db().select().from(mails).where(eq(mails.recipient, person.email));
  expect(sent.map(({ text }) => /\/(verify-email|reset-password)\?token=[\w-]{43}\n/.test(text))).toEqual([true, true]);
  expect(await db().select().from(mails)).toHaveLength(2);
});

test("mail in an account's name carries its logo with it", async () => {
  const { ctx, accountId } = await aPerson();
  await subscribe(accountId, { branding: "white-label", whiteLabel: true });
  await changeBranding(ctx, { displayName: "Lantern" });
  await setLogo(ctx, { png: aPng().toString("base64") });
  await db().delete(outbox);
  await invite(ctx, { email: "guest@mail.example", role: "member" });
  await sendDueMails();
  const [mail] = await db().select().from(mails);
  expect(mail?.html).toContain(`src="data:image/png;base64,${aPng().toString("base64")}"`);
  expect(mail?.html).toContain("Lantern");
  expect(mail?.text.trimEnd().endsWith("\n\nLantern")).toBe(true);
});
