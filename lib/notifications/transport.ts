import nodemailer from "nodemailer";
import { db } from "@/lib/db/client";
import { mails } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { newId } from "@/lib/ids";
import { once } from "@/lib/once";
import { seconds } from "@/lib/time";
import { LOGO_CID } from "./dress";
import type { Rendered } from "./render";
import type { WayOut } from "./unsubscribe-link";

/** `reference` names the effect that it comes from, so a mail program can tell that it got one twice. */
export type Outgoing = Rendered & {
  to: string;
  reference: string;
  wayOut?: WayOut | undefined;
  /** A PNG that the letter shows. */
  logo?: Buffer | undefined;
};

/** Hands a mail to the SMTP server, or puts it into the local mailbox where none is set. */
export function deliver(mail: Outgoing): Promise<void> {
  return env().SMTP_URL ? sendBySmtp(mail) : keepInMailbox(mail);
}

/** With both, a mail program shows a button of its own that needs one press and no page (RFC 8058). */
const headersOf = ({ wayOut }: Outgoing): Record<string, string> => ({
  "Auto-Submitted": "auto-generated",
  ...(wayOut && {
    "List-Unsubscribe": `<${wayOut.link}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  }),
});

const messageId = ({ reference }: Outgoing) => `<${reference}@${new URL(env().publicUrl).hostname}>`;

/** Whether a mail server refused this recipient or this mail for good. What it says of us, or of its own state, may change. */
export function isRefusedForGood(error: unknown): boolean {
  if (!(error instanceof Error && "responseCode" in error && "command" in error)) return false;
  return Number(error.responseCode) >= 500 && ["RCPT TO", "DATA"].includes(String(error.command));
}

async function sendBySmtp(mail: Outgoing): Promise<void> {
  const { to, subject, text, html, logo } = mail;
  await smtp().sendMail({
    from: env().MAIL_FROM,
    to: { name: "", address: to },
    subject,
    text,
    html,
    messageId: messageId(mail),
    headers: headersOf(mail),
    ...(logo && {
      attachments: [{ cid: LOGO_CID, filename: "logo.png", contentType: "image/png", content: logo }],
    }),
  });
}

const line = () => once<{ transport?: ReturnType<typeof openLine> }>("smtp", () => ({}));

function smtp() {
  const held = line();
  held.transport ??= openLine();
  return held.transport;
}

const openLine = () =>
  nodemailer.createTransport({
    url: env().SMTP_URL,
    pool: true,
    maxConnections: 4,
    connectionTimeout: seconds(10),
    greetingTimeout: seconds(10),
    socketTimeout: seconds(20),
    disableFileAccess: true,
    disableUrlAccess: true,
  });

/** Lets go of the mail server. The next mail calls it again. */
export function hangUp(): void {
  line().transport?.close();
  delete line().transport;
}

async function keepInMailbox(mail: Outgoing): Promise<void> {
  const { to, subject, text, logo } = mail;
  // The mailbox shows one page: what would lie beside the letter stands in it.
  const html = logo
    ? mail.html.replace(`cid:${LOGO_CID}`, `data:image/png;base64,${logo.toString("base64")}`)
    : mail.html;
  const headers = {
    From: env().MAIL_FROM,
    To: to,
    Subject: subject,
    "Message-ID": messageId(mail),
    ...headersOf(mail),
  };
  await db()
    .insert(mails)
    .values({ id: newId("mail"), recipient: to, subject, text, html, headers });
}
