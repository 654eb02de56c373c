import type { BillingInterval } from "@/lib/plans/catalogue";

const HOME = "/dashboard";

type Asked = string | string[] | undefined;

/** Where to go after signing in: a path of ours and never an address elsewhere. */
export function nextPath(asked: Asked): string {
  if (typeof asked !== "string" || !asked.startsWith("/")) return HOME;
  const base = "https://parley.invalid";
  const url = URL.parse(asked, base);
  // Dots collapse after the origin is known, and two slashes in front would be a host.
  if (url?.origin !== base || url.pathname.startsWith("//") || /^\/(?:api|login|register)(?:\/|$)/.test(url.pathname))
    return HOME;
  return url.pathname + url.search;
}

/** The address of another of these pages, with what has to be carried along. */
export function carried(
  page: "/login" | "/register" | "/forgot-password",
  { next, plan }: { next: string; plan?: string | undefined },
): string {
  const query = new URLSearchParams({ ...(next !== HOME && { next }), ...(plan && { plan }) });
  return query.size > 0 ? `${page}?${query}` : page;
}

/** Whoever pressed a plan is led to where it is paid, unless they were on their way somewhere else. */
export function nextForPlan(asked: Asked, plan: { id: string; interval: BillingInterval } | undefined): string {
  if (!plan || asked !== undefined) return nextPath(asked);
  return `/dashboard/billing?plan=${plan.id}${plan.interval === "year" ? "&interval=year" : ""}`;
}
