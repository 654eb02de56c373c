import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

/** A module may import itself and the rows above its own. Nothing else. */
const LAYERS = [
  ["lib/once", "lib/errors", "lib/ids", "lib/money", "lib/time", "lib/scopes", "lib/pots"],
  ["lib/env", "lib/clock", "lib/log", "lib/input", "lib/plans"],
  ["lib/limits", "lib/signing", "lib/protocol", "lib/failpoints", "lib/mail", "lib/paper", "lib/egress", "lib/origins"],
  ["lib/rtc"],
  ["lib/sdk"],
  ["lib/db"],
  ["lib/ctx"],
  ["lib/outbox", "lib/audit", "lib/events", "lib/time-machine"],
  ["lib/accounts", "lib/stripe"],
  [
    ...["lib/keys", "lib/logins", "lib/ledger", "lib/notifications", "lib/webhooks"],
    ...["lib/stripe-customers", "lib/stripe-catalogue"],
  ],
  ["lib/entitlements", "lib/media"],
  ["lib/support", "lib/branding"],
  ["lib/meetings"],
  ["lib/rooms", "lib/chat"],
  ["lib/usage"],
  ["lib/wallet", "lib/credits", "lib/cards", "lib/bill-to"],
  ["lib/payments"],
  ["lib/subscriptions"],
  ["lib/invoices"],
  ["lib/registration", "lib/stripe-events", "lib/books"],
  ["lib/receipts"],
  ["lib/auth"],
  ["lib/http"],
  ["components"],
  ["app", "server"],
  ["lib/testing"],
];

/** What each framework may be named by. Everything else stays free of it. */
const FRAMEWORKS: [name: RegExp, allowedIn: RegExp][] = [
  [/^next(?:\/|$)/, /^(?:app\/|components\/|server\/pages\.ts|lib\/http\/(?:page|action)\.ts|lib\/http\/next-)/],
  [/^react(?:-dom)?(?:\/|$)/, /^(?:app\/|components\/|lib\/http\/page\.ts|lib\/sdk\/react\/)/],
  [/^socket\.io$/, /^server\/signalling\//],
  [/^socket\.io-client$/, /^(?:app\/|components\/|lib\/rtc\/|server\/testing\/)/],
  [
    /^(?:drizzle-orm\/postgres-js|postgres)(?:\/|$)/,
    /^(?:lib\/db\/|lib\/testing\/|server\/embedded-postgres\/|server\/local-stripe\/)/,
  ],
  [/^stripe$/, /^(?:lib\/stripe\/|server\/local-stripe\/)/],
  [/^server-only$/, /^lib\/http\/(?:page|action)\.ts$/],
];

const files = ["app", "components", "lib", "server"]
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)))
  .filter((file) => /\.tsx?$/.test(file) && !/\.(?:test|gen)\.tsx?$/.test(file) && file !== "lib/architecture.test.ts");

const moduleOf = (path: string) =>
  LAYERS.flat().find((module) => path === module || path.startsWith(`${module}/`) || path.startsWith(`${module}.`));
const layerOf = (module: string) => LAYERS.findIndex((layer) => layer.includes(module));

const imports = files.flatMap((file) =>
  [...readFileSync(file, "utf8").matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, target = ""]) => ({
    file,
    target,
  })),
);

const edges = imports
  .filter(({ target }) => target.startsWith("@/") || target.startsWith("."))
  .map(({ file, target }) => {
    const path = target.startsWith("@/") ? target.slice(2) : normalize(join(dirname(file), target));
    return { file, path, from: moduleOf(file), to: moduleOf(path) };
  });

const shown = (list: { file: string; path: string }[]) => list.map(({ file, path }) => `${file} -> ${path}`);

test("every file has a room", () => {
  expect(files.filter((file) => !moduleOf(file))).toEqual([]);
});

test("imports point one way", () => {
  expect(shown(edges.filter(({ from, to }) => from && to && from !== to && layerOf(to) >= layerOf(from)))).toEqual([]);
});

test("nobody reaches into another module's internals", () => {
  expect(shown(edges.filter(({ path, from, to }) => /\/internal$/.test(path) && from !== to))).toEqual([]);
});

test("components know nothing of the server", () => {
  const kernel = [
    "components",
    "lib/errors",
    "lib/ids",
    "lib/money",
    "lib/time",
    "lib/scopes",
    "lib/pots",
    "lib/protocol",
    "lib/rtc",
    "lib/plans",
  ];
  const isPure = (path: string) => /^lib\/[\w-]+\/(?:schema|rules)$/.test(path) && !path.startsWith("lib/db/");
  expect(
    shown(edges.filter(({ from, to, path }) => from === "components" && to && !kernel.includes(to) && !isPure(path))),
  ).toEqual([]);
});

test("rules and schemas are pure", () => {
  const impure = edges.filter(
    ({ file, path }) =>
      /^lib\/[\w-]+\/(?:rules|schema)\.ts$/.test(file) && /^lib\/(?:db|ctx|env|log|outbox|audit)(?:\/|$)/.test(path),
  );
  expect(shown(impure)).toEqual([]);
});

test("a framework is named only where it belongs", () => {
  const wrong = imports.filter(({ file, target }) =>
    FRAMEWORKS.some(([name, allowedIn]) => name.test(target) && !allowedIn.test(file)),
  );
  expect(wrong.map(({ file, target }) => `${file} -> ${target}`)).toEqual([]);
});

test("API routes are declarations that know no framework", () => {
  const routes = files.filter((file) => /^app\/api\/.*route\.ts$/.test(file) && !file.includes("[...nextauth]"));
  const wrong = routes.filter((file) => {
    const text = readFileSync(file, "utf8");
    return (
      /from "next/.test(text) ||
      /\b(?:try|catch)\b|\.select\(|\.insert\(|\.update\(|\.delete\(/.test(text) ||
      !/= route\(\{/.test(text)
    );
  });
  expect(wrong).toEqual([]);
});

test("the environment has one door", () => {
  const wrong = files.filter(
    (file) => file !== "lib/env.ts" && !file.includes("/testing/") && /process\.env\b/.test(readFileSync(file, "utf8")),
  );
  expect(wrong).toEqual([]);
});

test("no room is named after what it might hold", () => {
  const banned =
    /(?:^|\/|-)(?:utils?|helpers?|managers?|services?|common|misc|shared|types|hooks|constants|base)(?:\.|\/|$)/;
  expect(files.filter((file) => banned.test(file))).toEqual([]);
});
