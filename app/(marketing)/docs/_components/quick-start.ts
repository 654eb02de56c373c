import { readFile } from "node:fs/promises";

const SCRIPT = /<script type="module">\n([\s\S]*?)<\/script>/;

/** The lines that a page needs for a call: those of the example itself, so that what is shown is what runs. */
export async function quickStart(): Promise<string> {
  const page = await readFile("public/examples/quick-start.html", "utf8");
  const [, lines] = SCRIPT.exec(page) ?? [];
  if (lines === undefined) throw new Error("The quick start has no script");
  return lines.trim();
}
