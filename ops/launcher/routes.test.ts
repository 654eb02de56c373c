import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { generateRoutes } from "./routes.mjs";

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "routes-"));
});
afterEach(() => rmSync(base, { recursive: true }));

function routeAt(folder: string, text = "export const GET = 1;"): void {
  const file = join(base, "app/api", folder, "route.ts");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const tableFile = () => join(base, "server/routes.gen.ts");

function paths(): string[] {
  generateRoutes(base);
  return [...readFileSync(tableFile(), "utf8").matchAll(/path: "([^"]+)"/g)].map(([, path = ""]) => path);
}

test("the fixed comes before the variable, and the variable before the rest", () => {
  for (const folder of ["rooms/[...rest]", "rooms/[id]", "rooms/new", "rooms/[id]/members", "[any]/x", "rooms", "."])
    routeAt(folder);
  expect(paths()).toEqual([
    "/api",
    "/api/rooms",
    "/api/rooms/new",
    "/api/rooms/[id]",
    "/api/rooms/[id]/members",
    "/api/rooms/[...rest]",
    "/api/[any]/x",
  ]);
});

test("groups and slots are no part of the address, and private folders have none", () => {
  for (const folder of ["(inner)/keys", "@side/audit", "_parts/x"]) routeAt(folder);
  expect(paths()).toEqual(["/api/audit", "/api/keys"]);
});

test("only the browser login's own catch-all stays with the pages", () => {
  routeAt("auth/[...nextauth]", 'import { headers } from "next/headers";');
  routeAt("auth/register");
  routeAt("auth/[...other]");
  expect(paths()).toEqual(["/api/auth/register", "/api/auth/[...other]"]);
});

test.each([
  'import { headers } from "next/headers";',
  "import type { NextRequest } from 'next/server';",
  'import "next/cache";',
  'const { after } = await import("next/server");',
])("a route that needs the page framework is refused by name: %s", (line) => {
  routeAt("rooms", line);
  expect(() => generateRoutes(base)).toThrow(/app\/api\/rooms\/route\.ts imports next\//);
});

test("next-auth is not the page framework", () => {
  routeAt("rooms", 'import { decode } from "next-auth/jwt";');
  expect(paths()).toEqual(["/api/rooms"]);
});

test("two files at one address are named", () => {
  routeAt("(a)/rooms");
  routeAt("(b)/rooms");
  expect(() => generateRoutes(base)).toThrow(
    "app/api/(a)/rooms/route.ts and app/api/(b)/rooms/route.ts both answer /api/rooms.",
  );
});

test("a table that did not change is not written again", () => {
  routeAt("rooms");
  generateRoutes(base);
  const before = statSync(tableFile()).ino;
  generateRoutes(base);
  expect(statSync(tableFile()).ino).toBe(before);
  routeAt("keys");
  generateRoutes(base);
  expect(statSync(tableFile()).ino).not.toBe(before);
});
