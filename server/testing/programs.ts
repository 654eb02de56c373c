import { resolve } from "node:path";
import { build } from "esbuild";

const ROOT = resolve(import.meta.dirname, "../..");

/** What tests start in a process of its own, bundled as the product is. From their sources each start takes seconds more. */
const PROGRAMS = {
  server: "server/main.ts",
  cli: "server/cli/main.ts",
  "one-call": "server/testing/one-call.ts",
  till: "server/testing/till.ts",
};

/** Below the root, so that packages are found from there. */
const FOLDER = ".data/test/programs";

export const programOf = (name: keyof typeof PROGRAMS): string => `${FOLDER}/${name}.mjs`;

/** Before any test: whoever starts a program starts what the sources are now. */
export async function setup(): Promise<void> {
  await build({
    entryPoints: PROGRAMS,
    absWorkingDir: ROOT,
    outdir: FOLDER,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22.12",
    packages: "external",
    sourcemap: true,
    logLevel: "warning",
  });
}
