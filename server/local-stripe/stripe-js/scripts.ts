import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** The scripts that go to browsers. Each is a file in `entries`, which the build bundles too. */
export type ScriptName = "stripe" | "frame" | "question" | "answered" | "embedded";

const made = new Map<ScriptName, Promise<string>>();

/** As the build left it beside the server's bundle, or bundled here from its source. */
export function scriptNamed(name: ScriptName): Promise<string> {
  const held = made.get(name) ?? make(name);
  made.set(name, held);
  held.catch(() => made.delete(name));
  return held;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

function make(name: ScriptName): Promise<string> {
  const built = here(`./stripe-js/${name}.js`);
  return existsSync(built) ? readFile(built, "utf8") : bundled(here(`./entries/${name}.ts`));
}

async function bundled(entry: string): Promise<string> {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    ...{ entryPoints: [entry], bundle: true, write: false, minify: true, format: "iife" },
    ...{ target: "es2022", logLevel: "silent" },
  });
  return outputFiles[0]?.text ?? "";
}
