import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { at, root } from "./places.mjs";
import { complain, Halt } from "./say.mjs";
import { watchTree } from "./watch.mjs";

/** The browser login's own catch-all needs its framework, so only the pages' server mounts it. */
const LEFT_OUT = "app/api/auth/[...nextauth]/route.ts";
const FRAMEWORK_IMPORT = /(?:from\s*|import\s*\(?\s*|require\s*\(\s*)["'](next(?:\/[^"']*)?)["']/;

/** Writes the table of every API route when it changed, and says how many there are. */
export function generateRoutes(base = root) {
  const table = tableOf(findRoutes(base));
  const file = join(base, "server", "routes.gen.ts");
  if (!existsSync(file) || readFileSync(file, "utf8") !== table.text) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, table.text);
    renameSync(`${file}.new`, file);
  }
  return table.count;
}

/** Keeps the table in step while route files come and go. A refused file is named and the last table stays. */
export function watchRoutes() {
  return watchTree(at("app", "api"), () => {
    try {
      generateRoutes();
    } catch (error) {
      complain(error.message);
    }
  });
}

function findRoutes(base) {
  const files = routeFiles(join(base, "app", "api")).map((file) => relative(base, file).replaceAll("\\", "/"));
  return files
    .filter((file) => file !== LEFT_OUT)
    .map((file) => {
      refuseFramework(base, file);
      if (file.includes("/[[..."))
        throw new Halt(`${file}: an optional catch-all cannot be mounted. Write a plain route and a [...rest] one.`);
      return { file, path: pathOf(file) };
    })
    .sort((a, b) => compare(a.path, b.path));
}

function routeFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return entry.name.startsWith("_") ? [] : routeFiles(join(folder, entry.name));
    return entry.name === "route.ts" ? [join(folder, entry.name)] : [];
  });
}

function refuseFramework(base, file) {
  const found = FRAMEWORK_IMPORT.exec(readFileSync(join(base, file), "utf8"))?.[1];
  if (found)
    throw new Halt(
      `${file} imports ${found}. A route file is mounted outside the page framework too and must not import next/*.`,
    );
}

const isGroup = (segment) => /^\(.*\)$/.test(segment) || segment.startsWith("@");

const pathOf = (file) =>
  `/${dirname(file)
    .split("/")
    .slice(1)
    .filter((segment) => !isGroup(segment))
    .join("/")}`;

function rank(segment) {
  if (segment.startsWith("[...")) return 2;
  return segment.startsWith("[") ? 1 : 0;
}

/** The fixed comes before the variable at the first segment that differs, so the first match is the best one. */
function compare(a, b) {
  const [left, right] = [a.split("/"), b.split("/")];
  for (let place = 0; place < Math.min(left.length, right.length); place += 1) {
    const [mine, theirs] = [left[place], right[place]];
    if (mine !== theirs) return rank(mine) - rank(theirs) || (mine < theirs ? -1 : 1);
  }
  return left.length - right.length;
}

function tableOf(routes) {
  routes.forEach((route, place) => {
    const before = routes[place - 1];
    if (before?.path === route.path) throw new Halt(`${before.file} and ${route.file} both answer ${route.path}.`);
  });
  const imports = routes.map(({ file }, place) => `import * as m${place} from "@/${file.replace(/\.ts$/, "")}";\n`);
  const entries = routes.map(({ path }, place) => `  { path: "${path}", module: m${place} },\n`);
  const text = `// Generated from app/api. Do not edit.\n${imports.join("")}import type { RouteEntry } from "@/lib/http/registry";\n\nexport const routes: readonly RouteEntry[] = [\n${entries.join("")}];\n`;
  return { text, count: routes.length };
}
