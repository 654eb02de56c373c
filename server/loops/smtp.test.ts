import { asc, sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { inTx } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { mails, outbox } from "@/lib/db/schema";
import { provide } from "@/lib/env";
import { log } from "@/lib/log";
import { hangUp } from "@/lib/notifications/transport";
import { enqueueMail } from "@/lib/outbox/enqueue";
import { aPerson, guestCtx } from "@/lib/testing/people";
import { mail as listGivenUp } from "../cli/mail";
import { metrics } from "../metrics";
import { openSmtp, partsOf, type SmtpServer } from "../testing/smtp";
import { startMailLoop } from "./mail";

let smtp: SmtpServer;
let loop: ReturnType<typeof startMailLoop>;
beforeEach(async () => {
  log().level = "silent";
  await db().delete(outbox);
  metrics().mails.reset();
  smtp = await openSmtp();
  vi.stubEnv("SMTP_URL", smtp.url);
  vi.stubEnv("MAIL_FROM", "Parley <no-reply@parley.example>");
  provide({});
  loop = startMailLoop();
});
afterEach(async () => {
  await loop.stop();
  await smtp.close();
  vi.unstubAllEnvs();
  provide({});
});

async function queue(to: string, name = "Dana"): Promise<void> {
  await inTx(guestCtx(), (ctx) => enqueueMail(ctx, { to, template: "password_changed", facts: { name } }));
  loop.kick();
}

const rows = () => db().select().from(outbox).orderBy(asc(outbox.id));
const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 20 });
const counted = async (outcome: string) =>
  (await metrics().mails.get()).values.find(({ labels }) => labels.outcome === outcome)?.value ?? 0;

test("a mail arrives at the mail server in plain text and as a page, and nowhere else", async () => {
  const before = await db().$count(mails);
  await queue("dana@mail.example", "Dana Öztürk");
  await until(async () => expect(await rows()).toMatchObject([{ attempts: 1, doneAt: expect.any(Date) }]));

  const [mail, ...others] = smtp.received;
  expect(others).toEqual([]);
  expect(mail).toMatchObject({ from: "no-reply@parley.example", to: ["dana@mail.example"] });
  expect(mail?.source).toMatch(/^From: Parley <no-reply@parley\.example>\r$/m);
  expect(mail?.source).toMatch(/^Subject: Your password was changed\r$/m);
  expect(mail?.source).toMatch(/^Message-ID: <mail-\d+@localhost>\r$/im);
  expect(mail?.source).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  const [plain, page] = partsOf(mail?.source ?? "");
  expect(plain).toMatchObject({ type: "text/plain", text: expect.stringContaining("Dana Öztürk") });
  expect(page).toMatchObject({ type: "text/html", text: expect.stringMatching(/<html lang="en">.*Dana Öztürk/s) });
  expect(await db().$count(mails)).toBe(before);
  expect(await counted("sent")).toBe(1);
});

test.each(["RCPT", "the mail", "MAIL"])(
  "what is put off at %s comes again later, and arrives once",
  async (command) => {
    smtp.refuse = (heard) => (heard.startsWith(command) ? "451 4.7.1 try again later" : undefined);
    await queue("dana@mail.example");
    await until(async () =>
      expect(await rows()).toMatchObject([
        { attempts: 1, doneAt: null, deadAt: null, lastError: expect.stringContaining("451 4.7.1 try again later") },
      ]),
    );
    expect((await rows())[0]?.dueAt.getTime()).toBeGreaterThan(Date.now() + 20_000);
    expect(await counted("put_off")).toBe(1);

    smtp.refuse = () => undefined;
    await db().update(outbox).set({ dueAt: sql`clock_timestamp()` });
    loop.kick();
    await until(async () => expect(await rows()).toMatchObject([{ attempts: 2, doneAt: expect.any(Date) }]));
    expect(smtp.received).toHaveLength(1);
  },
);

test.each([
  ["RCPT", "550 5.1.1 no such mailbox"],
  ["the mail", "554 5.7.1 not wanted here"],
])("what is refused for good at %s is given up at once, and the operator sees why", async (command, answer) => {
  smtp.refuse = (heard) => (heard.startsWith(command) ? answer : undefined);
  await queue("gone@mail.example");
  await until(async () =>
    expect(await rows()).toMatchObject([{ attempts: 1, doneAt: null, deadAt: expect.any(Date) }]),
  );
  expect(await counted("given_up")).toBe(1);
  expect(await metrics().registry.metrics()).toContain('mails_total{outcome="given_up"} 1');
  expect(await listGivenUp()).toMatch(new RegExp(`password_changed to gone@mail\\.example, after 1 try\n.*${answer}`));

  smtp.refuse = () => undefined;
  await queue("dana@mail.example");
  await until(() => expect(smtp.received.map(({ to }) => to)).toEqual([["dana@mail.example"]]));
});

test("a fault of ours, and a server that cannot be reached, give no mail up", async () => {
  smtp.refuse = (heard) => (heard.startsWith("MAIL") ? "550 you may not send from there" : undefined);
  await queue("dana@mail.example");
  await until(async () =>
    expect(await rows()).toMatchObject([{ attempts: 1, deadAt: null, lastError: expect.stringMatching(/550/) }]),
  );

  hangUp();
  await smtp.close();
  await db().update(outbox).set({ dueAt: sql`clock_timestamp()` });
  loop.kick();
  await until(async () =>
    expect(await rows()).toMatchObject([
      { attempts: 2, deadAt: null, lastError: expect.stringMatching(/ECONNREFUSED/) },
    ]),
  );
  expect(await listGivenUp()).toBe("No mail was given up.");
});

test("a mail that may be switched off carries the button by which a mail program does so", async () => {
  const dana = await aPerson();
  await db().delete(outbox);
  const facts = { accountName: "Lantern", what: "rooms", used: 4, limit: 5, resetsAt: "2026-12-14T00:00:00Z" };
  await inTx(guestCtx(), (ctx) => enqueueMail(ctx, { to: dana.email, template: "quota_warning", facts }));
  loop.kick();
  await until(() => expect(smtp.received).toHaveLength(1));

  const unfolded = smtp.received[0]?.source.replace(/\r\n[ \t]+/g, " ") ?? "";
  expect(unfolded).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/im);
  expect(unfolded).toMatch(
    new RegExp(
      `^List-Unsubscribe: <http://localhost:3000/unsubscribe\\?token=${dana.userId}\\.usage\\.[\\w-]{24}>\\r$`,
      "im",
    ),
  );
});
