import { mkdirSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Facts, QueuedMail, type Template } from "@/lib/mail";
import { resetPasswordLetter, verifyEmailLetter } from "./letters/identity";
import type { Letter } from "./letters/letter";
import { writeLetter } from "./letters/write";
import { renderLetter } from "./render";
import { MAIL_KINDS, optionalKindOf } from "./rules";

const link = "https://parley.example/verify-email?token=abc&x=1";
const at = (path: string) => `https://parley.example${path}`;
const accountName = "Lantern";
const disputed = { accountName, what: "Pro package", micros: 24_990_000, purpose: "credits" } as const;
const quota = { accountName, what: "rooms", limit: 25, resetsAt: "2026-12-14T00:00:00Z" };

/** One of each, so that a template that is added and forgotten here does not compile. */
const FACTS: { [T in Template]: Facts<T> } = {
  verify_email: { userId: "user_01ke6zv3s80q4n7xw2m5j9t8cd" },
  reset_password: {},
  password_changed: { name: "Dana" },
  email_changed: { name: "Dana" },
  welcome: { name: "Dana" },
  invitation: { accountName, inviterName: "Noor", role: "billing", link, expires: "28 Nov 2026" },
  receipt: {
    accountName,
    number: "PAR-2026-000142",
    paidAt: "2026-11-14T09:05:00Z",
    method: "Visa ending 4242",
    lines: [
      { label: "Rooms Professional, 14 Nov to 14 Dec 2026", micros: 99_000_000 },
      { label: "Gateway, 4,210 calls over the free 1,000", micros: 4_210_000 },
    ],
    totalMicros: 103_210_000,
    path: "/receipts/PAR-2026-000142",
  },
  payment_failed: {
    accountName,
    what: "Rooms Professional",
    micros: 99_000_000,
    method: "Visa ending 0341",
    reason: "The bank declined the card.",
    nextTryAt: "2026-11-17T09:05:00Z",
    endsAt: "2026-11-28T09:05:00Z",
  },
  auto_top_up_failed: {
    accountName,
    micros: 25_000_000,
    balanceMicros: 3_120_000,
    method: "Visa ending 0341",
    reason: "The bank declined the card.",
  },
  refund_made: {
    ...{ accountName, what: "Pro package", micros: 5_000_000, credits: 41, method: "Visa ending 4242" },
    path: "/receipts/transfer_01ke6zv3s80q4n7xw2m5j9t8cd",
  },
  refund_failed: { accountName, what: "Pro package", micros: 5_000_000, credits: 41, method: "Visa ending 5126" },
  dispute_opened: { ...disputed, taken: 60, owed: 100 },
  dispute_won: { ...disputed, whole: true },
  dispute_lost: { ...disputed, owed: 100 },
  card_expiring: { accountName, method: "Visa ending 4242", lastDay: "2026-12-31T00:00:00Z" },
  trial_ending: {
    accountName,
    plan: "Rooms Starter",
    endsAt: "2026-12-01T00:00:00Z",
    micros: 29_000_000,
    interval: "month",
  },
  plan_changed: {
    accountName,
    from: "Rooms Starter",
    to: "Rooms Professional",
    startsAt: "2026-11-14T00:00:00Z",
    micros: 99_000_000,
    interval: "month",
  },
  quota_warning: { ...quota, used: 20 },
  quota_reached: { ...quota, used: 25 },
  subscription_cancelled: { accountName, plan: "Rooms Professional", endsAt: "2026-12-14T00:00:00Z" },
  support_answered: {
    requestId: "support_01ke6zv3s80q4n7xw2m5j9t8cd",
    subject: "A call ended early",
    answer: "The line was lost for 82 seconds.\n\nYou were not charged for them: see the paused part of the receipt.",
  },
  endpoint_disabled: {
    accountName,
    endpointId: "endpoint_01ke6zv3s80q4n7xw2m5j9t8cd",
    url: "https://hooks.lantern.example/parley",
    reason: "failing",
    since: "2026-11-09T09:05:00Z",
  },
};

const templates = Object.keys(FACTS) as Template[]; // the keys of the record above

function letterOf(template: Template): Letter {
  if (template === "verify_email") return verifyEmailLetter({ name: "Dana", link });
  if (template === "reset_password") return resetPasswordLetter({ name: "Dana", link });
  return writeLetter(
    { template, to: "dana@lantern.example", facts: FACTS[template] } as Parameters<typeof writeLetter>[0],
    at,
  ); // facts of this template
}

function mailOf(template: Template) {
  const kind = optionalKindOf(template);
  const wayOut = kind && {
    kind: MAIL_KINDS[kind].label,
    link: at("/unsubscribe?token=a.b.c"),
    settings: at("/dashboard/settings/mail"),
  };
  return renderLetter(letterOf(template), { wayOut });
}

test.each(templates)("%s says the same in text and in HTML, with its link", (template) => {
  const letter = letterOf(template);
  const { subject, text, html } = mailOf(template);
  expect(QueuedMail.safeParse({ template, to: "dana@lantern.example", facts: FACTS[template] }).error).toBeUndefined();
  expect(subject.length).toBeLessThan(78);
  const seen = visibleText(html);
  const said = [letter.heading, letter.note, ...letter.paragraphs, letter.figure?.value, letter.figure?.words];
  const rows = [...(letter.rows ?? []), ...(letter.total ? [letter.total] : [])].flatMap(({ label, value }) => [
    label,
    value,
  ]);
  for (const words of [...said, ...rows]) {
    if (words === undefined) continue;
    expect(text).toContain(words);
    expect(seen).toContain(words);
  }
  expect(text).toContain(`\n${letter.action?.href}\n`);
  expect(html).toContain(`href="${letter.action?.href.replace("&", "&amp;")}"`);
  expect(`${text}${html}`).not.toMatch(/undefined|null|NaN|\[object|!\s*</);
  expect(text.replace(/https?:\/\/\S+/g, "")).not.toMatch(/[!\u2014]/);
});

test.each(templates)("%s fetches nothing from anywhere, so no mail tells that it was read", (template) => {
  const { html } = mailOf(template);
  expect(html).not.toMatch(/<(?:img|link|script|iframe|video|audio|object|form)\b|url\(|@import|@font-face/i);
  mkdirSync(".data/test/mail", { recursive: true });
  writeFileSync(`.data/test/mail/${template}.html`, html);
});

test("what can be switched off says how, and what cannot does not offer it", () => {
  for (const template of templates) {
    const { text, html } = mailOf(template);
    const offers = optionalKindOf(template) !== undefined;
    expect(text.includes("/unsubscribe?"), template).toBe(offers);
    expect(html.includes("/unsubscribe?"), template).toBe(offers);
  }
  for (const template of [
    "receipt",
    "payment_failed",
    "auto_top_up_failed",
    "password_changed",
    "reset_password",
  ] as const)
    expect(optionalKindOf(template)).toBeUndefined();
});

test("every word has a colour of its own for dark paper", () => {
  for (const template of templates) {
    const { html } = mailOf(template);
    const coloured = [...html.matchAll(/<(?!body)(\w+)([^>]*?)style="[^"]*?(?<!-)\bcolor:(#\w+)/g)];
    expect(coloured.length).toBeGreaterThan(3);
    for (const [whole, , attributes = ""] of coloured)
      expect(attributes, whole).toMatch(/class="[^"]*\b(?:ink|soft|faint|button|book|hold|danger)\b/);
  }
});

test("what people call themselves cannot become markup or another header", () => {
  const evil = '<img src=x onerror="alert(1)">\r\nBcc: all@parley.example';
  const facts = { ...FACTS.invitation, accountName: evil, inviterName: evil };
  const { html } = renderLetter(writeLetter({ template: "invitation", to: "x@y.example", facts }, at));
  expect(html).not.toContain("<img");
  expect(html).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;");
});

test("numbers stand as people write them", () => {
  expect(mailOf("receipt")).toMatchObject({ subject: "Receipt PAR-2026-000142: $103.21" });
  expect(mailOf("receipt").text).toContain("Gateway, 4,210 calls over the free 1,000: $4.21\nTotal: $103.21");
  expect(mailOf("quota_warning").text).toContain("80 % of the rooms are used");
  expect(mailOf("quota_warning").text).toContain("5 rooms left until 14 Dec 2026");
});

/** The words of a page without its marks, as a reader sees them. */
const visibleText = (html: string) =>
  html
    .replace(/<style>[\s\S]*?<\/style>/, "")
    .replace(/<[^>]+>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

const dress = {
  name: "Lantern & Co",
  accent: { colour: "#0e5a3d", text: "#ffffff" },
  ground: { colour: "#fff4d6", text: "#000000" },
  hasLogo: true,
  isWhiteLabel: false,
};

test("mail in an account's name wears its name, its colours and its logo, and says who carries it", () => {
  const { html, text } = renderLetter(letterOf("invitation"), { dress });
  for (const sign of ["Lantern &amp; Co", "#0e5a3d", "#fff4d6", 'src="cid:logo@brand"']) expect(html).toContain(sign);
  expect(text.trimEnd().endsWith("Lantern & Co, with Parley")).toBe(true);
});

test("with white label nothing of the house is left around the letter", () => {
  const { html, text } = renderLetter(letterOf("quota_warning"), { dress: { ...dress, isWhiteLabel: true } });
  expect(text.trimEnd().endsWith("\n\nLantern & Co")).toBe(true);
  expect(html).not.toMatch(/arc-voice"|>Parley</);
});
