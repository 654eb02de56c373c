import { type Html, html } from "./html";
import { STYLE } from "./style";

type Kind = {
  /** `split` puts what is bought beside the form that pays it; `wide` is for tables. */
  shape?: "split" | "wide";
  /** Shown in a frame of somebody else's page. */
  inside?: boolean;
  script?: string;
};

/** Every page says what it is: a test, in which no money moves. */
export const page = (title: string, body: Html, { shape, inside, script }: Kind = {}): string =>
  html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · test</title><style>${STYLE}</style>${script ? html`<script src="${script}" defer></script>` : null}</head>
<body class="${inside ? "inside" : ""}"><div class="test" role="note"><b>Test.</b> No money moves.</div><main class="${shape}">${body}</main></body>
</html>`.markup;

export function dollars(amount: number, currency: string): string {
  const format = new Intl.NumberFormat("en-US", { style: "currency", currency: currency.toUpperCase() });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
export const day = (seconds: number): string => DAY.format(new Date(seconds * 1_000));

export const complaint = (message: string | undefined): Html =>
  message === undefined ? html`` : html`<p class="refused" role="alert">${message}</p>`;

export const notThere = () => ({
  status: 404,
  page: page(
    "Not found",
    html`<h1>This page does not exist</h1><p class="soft">Its link has run out, or was never one.</p>`,
  ),
});
