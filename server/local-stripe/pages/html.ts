/** Markup that was put together here. Everything else is escaped on its way in. */
export type Html = { markup: string };
type Part = Html | string | number | null | undefined | Part[];

export function html(texts: TemplateStringsArray, ...parts: Part[]): Html {
  return {
    markup: texts.reduce((all, text, index) => all + text + (index < parts.length ? rendered(parts[index]) : ""), ""),
  };
}

function rendered(part: Part): string {
  if (part === null || part === undefined) return "";
  if (Array.isArray(part)) return part.map(rendered).join("");
  return typeof part === "object" ? part.markup : escaped(String(part));
}

const escaped = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
