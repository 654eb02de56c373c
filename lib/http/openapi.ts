import { env } from "@/lib/env";
import { ALIASES } from "./aliases";
import { ERRORS } from "./describe/errors";
import { capital, describeOperation } from "./describe/operation";
import { sharedParts } from "./describe/parts";
import type { OpenApi, PathItem, Schema } from "./describe/shape";
import { type Method, type RouteEntry, registry } from "./registry";
import { VERSION } from "./version";

export const OPENAPI_ADDRESS = "/api/openapi.json";
export const DOCS_ADDRESS = "/docs";

const SUMMARY = "Paid conversations and metered work.";

/** The order in which methods of one address stand. */
const METHODS: readonly Method[] = ["GET", "POST", "PATCH", "PUT", "DELETE"];

/** The sections in the order in which a newcomer needs them. Others follow by name. */
const SECTIONS: Record<string, { title: string; says: string }> = {
  auth: { title: "Sign-in", says: "Opening an account, signing in, and the logins that a person has." },
  keys: { title: "API keys", says: "Making, changing and ending the keys that programs use." },
  accounts: { title: "Accounts and members", says: "Who belongs to an account, and what each may do there." },
  rooms: { title: "Rooms", says: "Places where people meet, the ways into them, and what took place there." },
  credits: { title: "Credits", says: "Prepaid credits: what there is, what a video costs, what came and went." },
  payments: { title: "Payments", says: "Buying credits and filling the wallet, by Stripe." },
  receipts: { title: "Receipts", says: "What one movement was, line by line, and the proof that it still says so." },
  "webhook-endpoints": {
    title: "Webhooks",
    says: "Where events of an account are sent, what was delivered, and what to send again.",
  },
  "mail-preferences": { title: "Mail", says: "Which kinds of mail a person gets." },
  billing: { title: "Usage and billing", says: "What an account has used in its period." },
  audit: { title: "Audit log", says: "What happened in an account, and who did it." },
  webhooks: { title: "Webhooks", says: "Where others tell us what happened." },
  admin: {
    title: "For staff",
    says: "What the operator sees and does. For everybody else these addresses do not exist.",
  },
  about: { title: "About this API", says: "What answers here, and this description." },
};

const made = new WeakMap<readonly RouteEntry[], OpenApi>();

/** The API of this process, described. Made once for each table of routes and address. */
export function apiDocument(): OpenApi {
  const { routes } = registry();
  const { publicUrl } = env();
  const held = made.get(routes);
  if (held?.servers[0]?.url === publicUrl) return held;
  const document = describeApi(routes, publicUrl);
  made.set(routes, document);
  return document;
}

/** What somebody learns who asks for the address itself. */
export function aboutApi() {
  const { publicUrl } = env();
  return {
    name: "Parley" as const,
    description: SUMMARY,
    version: VERSION,
    docs: `${publicUrl}${DOCS_ADDRESS}`,
    openapi: `${publicUrl}${OPENAPI_ADDRESS}`,
    register: `${publicUrl}/api/auth/register`,
  };
}

/** The same routes give the same document, in the same order. */
export function describeApi(routes: readonly RouteEntry[], publicUrl: string): OpenApi {
  const { paths, schemas } = describeRoutes(routes, publicUrl);
  const shared = sharedParts();
  return {
    openapi: "3.1.1",
    info: {
      title: "Parley",
      version: VERSION,
      summary: SUMMARY,
      description: `Made from the routes themselves. To read it with examples, see ${publicUrl}${DOCS_ADDRESS}.`,
      license: { name: "MIT", identifier: "MIT" },
    },
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    servers: [{ url: publicUrl }],
    tags: sectionsOf(paths).map((name) => {
      const { title = capital(name), says = "" } = SECTIONS[name] ?? {};
      return { name, "x-title": title, description: says };
    }),
    paths,
    components: { ...shared, schemas: { ...shared.schemas, ...schemas } },
    externalDocs: { url: `${publicUrl}${DOCS_ADDRESS}`, description: "The same, to read" },
    "x-errors": Object.fromEntries(
      ERRORS.map(({ code, status, meaning }) => [code, { status, meaning }]),
    ) as OpenApi["x-errors"], // ERRORS has every code
  };
}

function describeRoutes(
  routes: readonly RouteEntry[],
  publicUrl: string,
): { paths: OpenApi["paths"]; schemas: Record<string, Schema> } {
  const paths: OpenApi["paths"] = {};
  const schemas: Record<string, Schema> = {};
  const inOrder = [...routes].sort(
    (a, b) =>
      sectionRank(a.path) - sectionRank(b.path) || pathRank(a.path) - pathRank(b.path) || (a.path < b.path ? -1 : 1),
  );

  for (const { path, module } of inOrder) {
    const item: PathItem = {};
    const template = path.replace(/\[(?:\.\.\.)?(\w+)\]/g, "{$1}");
    for (const method of METHODS) {
      const said = module[method]?.declaration;
      if (!said) continue;
      const place = { path: template, method, section: sectionOf(path), alsoAt: aliasesOf(template), publicUrl };
      const described = describeOperation(said, place);
      item[method.toLowerCase() as Lowercase<Method>] = described.operation; // exactly what toLowerCase does to a method
      Object.assign(schemas, described.schemas);
    }
    if (Object.keys(item).length > 0) paths[template] = item;
  }
  return { paths, schemas };
}

/** The first segment below /api; what stands at its top speaks about the API itself. */
function sectionOf(path: string): string {
  const [, , first] = path.split("/");
  return first === undefined || path === OPENAPI_ADDRESS ? "about" : first;
}

const ORDER = Object.keys(SECTIONS).filter((name) => name !== "about");

/** Known sections in their order, then the others, and last what speaks about the API. */
function sectionRank(path: string): number {
  const section = sectionOf(path);
  if (section === "about") return ORDER.length + 1;
  const place = ORDER.indexOf(section);
  return place < 0 ? ORDER.length : place;
}

/** What everybody needs stands before what few do. */
const FIRST = ["/api/auth/register", "/api/auth/login", "/api/auth/profile", "/api/auth/logout", "/api"];

const pathRank = (path: string): number => (FIRST.includes(path) ? FIRST.indexOf(path) : FIRST.length);

const sectionsOf = (paths: OpenApi["paths"]): string[] => [
  ...new Set(Object.keys(paths).map((path) => sectionOf(path))),
];

const aliasesOf = (template: string): string[] =>
  ALIASES.filter(({ to }) => withBraces(to) === template).map(({ from }) => withBraces(from));

const withBraces = (path: string) => path.replace(/:(\w+)\*?/g, "{$1}");
