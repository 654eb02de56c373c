import { type Dress, LOGO_CID, type Worn } from "./dress";
import type { Letter } from "./letters/letter";
import { BODY_STYLE, LIGHT, MONO, SANS, SERIF, STYLE } from "./look";
import type { WayOut } from "./unsubscribe-link";

export type Rendered = { subject: string; text: string; html: string };

/** What goes around a letter: a way out where mail of its kind can be switched off, and an account's own look. */
export type Around = { wayOut?: WayOut | undefined; dress?: Dress | undefined };

/** One letter as a subject, as plain text and as a page that holds in every mail program. */
export const renderLetter = (letter: Letter, around: Around = {}): Rendered => ({
  subject: letter.subject,
  text: asText(letter, around),
  html: asHtml(letter, around),
});

function asText(letter: Letter, { wayOut, dress }: Around): string {
  const { heading, figure, paragraphs, rows, total, quote, action, note } = letter;
  const lines = [...(rows ?? []), ...(total ? [total] : [])].map(({ label, value }) => `${label}: ${value}`);
  const parts = [
    heading,
    ...(figure ? [`${figure.value} ${figure.words}`] : []),
    ...paragraphs,
    ...(lines.length > 0 ? [lines.join("\n")] : []),
    ...(quote ? [quote.replace(/^/gm, "> ")] : []),
    ...(action ? [`${action.label}:\n${action.href}`] : []),
    note,
    ...(wayOut ? [`No more mail of this kind (${wayOut.kind}):\n${wayOut.link}`] : []),
    signature(dress),
  ];
  return `${parts.join("\n\n")}\n`;
}

const signature = (dress: Dress | undefined): string =>
  dress ? [dress.name, ...(dress.isWhiteLabel ? [] : ["with Parley"])].join(", ") : "Parley";

function asHtml(letter: Letter, { wayOut, dress }: Around): string {
  const { subject, heading, figure, paragraphs, rows, total, quote, action, note } = letter;
  const accent = dress?.accent ?? null;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>${STYLE}</style>
</head>
<body class="paper ink" style="${BODY_STYLE}">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(paragraphs[0] ?? "")}</div>
<table role="presentation" class="paper" width="100%" cellpadding="0" cellspacing="0" style="background:${LIGHT.paper}">
<tr><td align="center" style="padding:32px 16px 48px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:520px;text-align:left">
<tr><td style="padding:0 4px 20px">${dress ? letterhead(dress) : wordmark}</td></tr>
<tr><td class="raised sheet${accent ? "" : " edge"}" style="background:${LIGHT.raised};border-top:${accent ? `3px solid ${accent.colour}` : `1px solid ${LIGHT.ink}`};padding:36px 32px 32px">
<h1 class="ink" style="margin:0 0 16px;font:400 27px/1.2 ${SERIF};letter-spacing:-.018em;color:${LIGHT.ink}">${escapeHtml(heading)}</h1>
${[figure && number(figure), ...paragraphs.map(paragraph), ledger(rows, total), quote && quotation(quote), action && button(action, accent)].filter(Boolean).join("\n")}
</td></tr>
<tr><td class="faint" style="padding:20px 4px 0;font:400 13px/1.5 ${SANS};color:${LIGHT.faint}">${escapeHtml(note)}${wayOut ? leaving(wayOut) : ""}${dress ? `<br><br>${escapeHtml(signature(dress))}` : ""}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

const paragraph = (words: string) =>
  `<p class="soft" style="margin:0 0 14px;font:400 16px/1.55 ${SANS};color:${LIGHT.soft};overflow-wrap:anywhere">${escapeHtml(words)}</p>`;

const number = ({ value, words, tone }: NonNullable<Letter["figure"]>) =>
  `<p class="${tone}" style="margin:0 0 18px;font:400 39px/1.1 ${SERIF};letter-spacing:-.02em;font-variant-numeric:tabular-nums lining-nums;color:${LIGHT[tone]}">${escapeHtml(value)} <span class="soft" style="display:block;margin-top:6px;font:400 14px/1.5 ${SANS};letter-spacing:0;color:${LIGHT.soft}">${escapeHtml(words)}</span></p>`;

/** Ruled lines with the sum under a double rule, as in every ledger of ours. */
function ledger(rows: Letter["rows"] = [], total: Letter["total"]): string {
  if (rows.length === 0) return "";
  const cell = (words: string, look: string, style: string) =>
    `<td class="${look}" style="padding:9px 0;font:400 14px/1.5 ${SANS};font-variant-numeric:tabular-nums;${style}">${words}</td>`;
  const lines = rows.map(
    ({ label, value }) =>
      `<tr>${cell(escapeHtml(label), "soft line", `border-bottom:1px solid ${LIGHT.rule};color:${LIGHT.soft};padding-right:16px`)}${cell(escapeHtml(value), "ink line", `border-bottom:1px solid ${LIGHT.rule};color:${LIGHT.ink};text-align:right`)}</tr>`,
  );
  const sum = total
    ? `<tr>${cell(escapeHtml(total.label), "ink edge", `border-top:1px solid ${LIGHT.ink};color:${LIGHT.ink};font-weight:600`)}${cell(`<span class="edge" style="border-bottom:3px double ${LIGHT.ink};padding-bottom:2px">${escapeHtml(total.value)}</span>`, "ink edge", `border-top:1px solid ${LIGHT.ink};color:${LIGHT.ink};font-weight:600;text-align:right`)}</tr>`
    : "";
  return `<table width="100%" cellpadding="0" cellspacing="0" class="edge" style="margin:20px 0 8px;border-collapse:collapse;border-top:1px solid ${LIGHT.ink}">${lines.join("")}${sum}</table>`;
}

const quotation = (words: string) =>
  `<div class="ink line" style="margin:18px 0 8px;padding:2px 0 2px 16px;border-left:2px solid ${LIGHT.rule};font:400 16px/1.55 ${SANS};color:${LIGHT.ink};overflow-wrap:anywhere">${escapeHtml(words).replaceAll("\n", "<br>")}</div>`;

/** The address stands below the button too, for programs that show no buttons and people who look before they press. */
function button({ label, href }: NonNullable<Letter["action"]>, accent: Worn | null): string {
  const address = escapeHtml(href);
  const { colour, text } = accent ?? { colour: LIGHT.ink, text: LIGHT.paper };
  // An account's own colour is the same by night, so it is not among those that are exchanged.
  const look = accent ? "" : ' class="button"';
  return `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:24px 0 20px">
<tr><td${look} style="background:${colour};border-radius:6px">
<a${look} href="${address}" style="display:inline-block;padding:13px 20px;font:600 15px/1.2 ${SANS};color:${text};text-decoration:none;border-radius:6px">${escapeHtml(label)}</a>
</td></tr>
</table>
<p class="faint" style="margin:0;font:400 12px/1.5 ${MONO};color:${LIGHT.faint};word-break:break-all"><a class="faint" href="${address}" style="color:${LIGHT.faint}">${address}</a></p>`;
}

const leaving = ({ kind, link, settings }: WayOut) =>
  `<br><br>This is mail of the kind “${escapeHtml(kind)}”. <a class="faint" href="${escapeHtml(link)}" style="color:${LIGHT.faint}">Send me no more of it</a>, or <a class="faint" href="${escapeHtml(settings)}" style="color:${LIGHT.faint}">choose what is mailed</a>.`;

const arc = (colour: string, name: string, pull: string) =>
  `<span class="arc-${name}" style="display:inline-block;width:11px;height:11px;border:3px solid ${colour};border-radius:50%;${pull}vertical-align:-2px"></span>`;

const wordmark = `${arc(LIGHT.voice, "voice", "")}${arc(LIGHT.book, "book", "margin-left:-7px;")}<span class="ink" style="padding-left:9px;font:500 21px/1 ${SERIF};letter-spacing:-.02em;color:${LIGHT.ink}">Parley</span>`;

/** An account's logo and name, on its own ground where it chose one. The picture travels with the mail, so nothing is loaded from anywhere. */
function letterhead({ name, ground, hasLogo }: Dress): string {
  const picture = `<img src="cid:${LOGO_CID}" alt="" height="32" style="height:32px;max-width:160px;vertical-align:middle;margin-right:12px">`;
  const look = ground
    ? `style="background:${ground.colour};border-radius:6px;padding:12px 16px;color:${ground.text}`
    : `class="ink" style="color:${LIGHT.ink}`;
  return `<table role="presentation" cellpadding="0" cellspacing="0"><tr><td ${look};font:500 19px/1.2 ${SERIF};letter-spacing:-.015em">${hasLogo ? picture : ""}${escapeHtml(name)}</td></tr></table>`;
}

const ESCAPED: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => ESCAPED[sign] ?? sign);
