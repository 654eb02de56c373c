/** Which product an address speaks for where the request does not say. */
export type Family = "rooms" | "gateway" | "compute";

export type Alias = { from: string; to: string; family?: Family };

/** What answers below `/billing` for the gateway and below `/api/plugins/billing` for compute. */
const BILLING = [
  ...["usage", "subscription", "subscription/cancel", "create-subscription", "update-subscription"],
  ...["update-subscription/preview", "cancel-subscription", "subscriptions", "create-checkout", "portal"],
  ...["payment-methods", "invoices", "invoices/:id", "invoices/:id/pdf", "invoices/:id/pay"],
];

/**
 * Every other address that a documented path answers to. A row rewrites the
 * path and nothing else; `:name` stands for one segment, `:rest*` for the rest.
 */
export const ALIASES: readonly Alias[] = [
  { from: "/auth/register", to: "/api/auth/register", family: "gateway" },
  { from: "/api/auth/signup", to: "/api/auth/register" },
  { from: "/auth/login", to: "/api/auth/login", family: "gateway" },
  { from: "/api/auth/me", to: "/api/auth/profile" },
  { from: "/me", to: "/api/auth/profile" },
  { from: "/auth/api-keys", to: "/api/keys", family: "gateway" },
  { from: "/rooms", to: "/api/rooms", family: "rooms" },
  { from: "/rooms/:id", to: "/api/rooms/:id", family: "rooms" },
  { from: "/api/auth/plans", to: "/api/plans", family: "rooms" },
  ...BILLING.flatMap((path): Alias[] => [
    { from: `/billing/${path}`, to: `/api/billing/${path}`, family: "gateway" },
    { from: `/api/plugins/billing/${path}`, to: `/api/billing/${path}`, family: "compute" },
  ]),
  { from: "/auth/api-keys/:id", to: "/api/keys/:id", family: "gateway" },
  { from: "/webhooks/stripe", to: "/api/webhooks/stripe" },
  { from: "/api/billing/webhooks", to: "/api/webhooks/stripe" },
  { from: "/api/plugins/billing/webhook", to: "/api/webhooks/stripe" },
  { from: "/api/payments/webhook", to: "/api/webhooks/stripe" },
];

type Compiled = { begins: string; pattern: RegExp; names: string[]; to: string; family: Family | undefined };

const plain = new Map(ALIASES.filter(({ from }) => !from.includes(":")).map((alias) => [alias.from, alias]));

const compiled: Compiled[] = ALIASES.filter(({ from }) => from.includes(":")).map(({ from, to, family }) => {
  const names: string[] = [];
  const pattern = from.replace(/:(\w+)(\*?)/g, (_, name: string, rest: string) => {
    names.push(name);
    return rest ? "(.+)" : "([^/]+)";
  });
  return { begins: from.slice(0, from.indexOf(":")), pattern: new RegExp(`^${pattern}$`), names, to, family };
});

/** The canonical path for a documented one, or nothing when it is no alias. */
export function resolveAlias(path: string): { path: string; family: Family | undefined } | undefined {
  const alias = plain.get(path);
  if (alias) return { path: alias.to, family: alias.family };
  for (const { begins, pattern, names, to, family } of compiled) {
    const match = path.startsWith(begins) ? pattern.exec(path) : null;
    if (!match) continue;
    const values = new Map(names.map((name, index) => [name, match[index + 1] ?? ""]));
    return { path: to.replace(/:(\w+)\*?/g, (_, name: string) => values.get(name) ?? ""), family };
  }
  return undefined;
}

export const nextRewrites = () => ALIASES.map(({ from, to }) => ({ source: from, destination: to }));
