import { existsSync, readdirSync } from "node:fs";
import { build } from "esbuild";
import { buildSdk } from "./sdk.mjs";

const ENTRIES = { server: "server/main.ts", cli: "server/cli/main.ts", "local-stripe": "server/local-stripe/alone.ts" };
const FOR_BROWSERS = "server/local-stripe/stripe-js/entries";

const entryPoints = Object.fromEntries(Object.entries(ENTRIES).filter(([, file]) => existsSync(file)));

await build({
  entryPoints,
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node22.12",
  packages: "external",
  sourcemap: true,
  logLevel: "warning",
});

await build({
  entryPoints: readdirSync(FOR_BROWSERS).map((file) => `${FOR_BROWSERS}/${file}`),
  outdir: "dist/stripe-js",
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  logLevel: "warning",
});

await buildSdk("dist/sdk");
