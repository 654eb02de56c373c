import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import Stripe from "stripe";
import { provide } from "@/lib/env";
import { stripeInBrowser } from "@/lib/stripe/browser";
import { contentPolicy } from "@/server/browser-headers";
import type { Wanted } from "./page";

export type Shown = Wanted extends infer Each ? Omit<Each, "stripe"> : never;

export type Shop = {
  stripeUrl: string;
  url: string;
  key: string;
  stripe: Stripe;
  /** The address of a page that shows this. */
  page(wanted: Shown): string;
  stop(): Promise<void>;
};

const BUILT = "dist/local-stripe.mjs";
const NONCE = "c2hvcA==";
const FONT = "node_modules/@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2";

/** A local Stripe by itself, the official SDK, and a shop's page on a port and under a policy of its own. */
export async function openShop(): Promise<Shop> {
  const folder = mkdtempSync(join(tmpdir(), "shop-"));
  const [local, script] = await Promise.all([startLocalStripe(folder), bundledPage()]);
  const key = `sk_test_local_${randomBytes(8).toString("hex")}`;
  const { hostname, port } = new URL(local.url);
  const pages = new Map<string, string>();
  Object.assign(process.env, { NODE_ENV: "production" });
  provide({ STRIPE_LOCAL_URL: local.url, STRIPE_SECRET_KEY: key, STRIPE_PUBLISHABLE_KEY: key.replace("sk_", "pk_") });
  const policy = contentPolicy(NONCE);
  const files: Record<string, [type: string, body: string | Buffer]> = {
    "/page.js": ["text/javascript", script],
    "/page.css": ["text/css", stylesheet()],
    "/font.woff2": ["font/woff2", readFileSync(FONT)],
    "/back": ["text/html", "<h1>Back in the shop</h1>"],
  };

  const server = createServer((request, response) => {
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    const file = files[path];
    if (file)
      return response.writeHead(200, { "content-type": file[0], "access-control-allow-origin": "*" }).end(file[1]);
    const wanted = pages.get(path);
    if (wanted === undefined) return response.writeHead(404).end();
    response
      .writeHead(200, { "content-type": "text/html; charset=utf-8", "content-security-policy": policy })
      .end(wanted);
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;

  return {
    ...{ stripeUrl: local.url, url, key },
    stripe: new Stripe(key, { host: hostname, port, protocol: "http", telemetry: false }),
    page(wanted) {
      const path = `/page/${pages.size}`;
      const all = { ...wanted, stripe: stripeInBrowser() } as Wanted; // what was left out of it is put back
      pages.set(path, documentOf(all));
      return url + path;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await end(local.process);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startLocalStripe(folder: string): Promise<{ url: string; process: ChildProcess }> {
  const source = existsSync(BUILT) ? [BUILT] : ["--import", "tsx", "server/local-stripe/alone.ts"];
  const child = spawn(process.execPath, [...source, "--port", "0", "--data", folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const chunk of child.stdout) {
    const url = /Local Stripe at (\S+)\./.exec(String(chunk))?.[1];
    if (url) return { url, process: child };
  }
  throw new Error("The local Stripe did not start.");
}

async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
}

async function bundledPage(): Promise<string> {
  const { outputFiles } = await build({
    ...{ entryPoints: ["e2e/shop/page.tsx"], bundle: true, write: false, format: "iife", jsx: "automatic" },
    ...{ define: { "process.env.NODE_ENV": '"development"' }, tsconfig: "tsconfig.json", logLevel: "silent" },
  });
  return outputFiles[0]?.text ?? "";
}

/** What the build made of the components' classes, with our own type. */
function stylesheet(): string {
  const built = globSync(".next/static/**/*.css").map((file) => readFileSync(file, "utf8"));
  return [
    ...built,
    '@font-face { font-family: "Shop Sans"; src: url(/font.woff2); font-weight: 400 700 }',
    ':root { --font-instrument: "Shop Sans"; --font-instrument-ext: "Shop Sans" }',
  ].join("\n");
}

/** Under the policy of our own pages. Where the loader of `@stripe/stripe-js` is used, the local script comes first. */
const documentOf = (wanted: Wanted): string => `<!doctype html>
<html lang="en"${wanted.theme ? ` data-theme="${wanted.theme}"` : ""}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Shop</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/page.css">
${["elements", "embedded", "checkout"].includes(wanted.view) ? `<script nonce="${NONCE}" src="${wanted.stripe.scriptUrl}"></script>` : ""}</head>
<body class="font-sans"><div id="root"></div><script id="wanted" type="application/json">${JSON.stringify(wanted).replaceAll("<", "\\u003c")}</script>
<script nonce="${NONCE}" src="/page.js"></script></body></html>`;
