import { type Stripe, stripeRead } from "@/lib/stripe/client";
import { stripeTarget } from "@/lib/stripe/target";
import { STRIPE_API_VERSION } from "@/lib/stripe/version";
import { CONNECT_EVENTS, PLATFORM_EVENTS } from "./events";
import { ALL, type Run } from "./internal";
import { differing } from "./rules";
import type { SetUpStripe } from "./schema";

type Endpoint = Stripe.WebhookEndpoint;
type Wanted = { role: "platform" | "connect"; enabled_events: typeof PLATFORM_EVENTS; description: string };
type Asked = { url: string; secrets: SetUpStripe["secrets"] };

const WANTED: Wanted[] = [
  { role: "platform", enabled_events: PLATFORM_EVENTS, description: "Parley" },
  { role: "connect", enabled_events: CONNECT_EVENTS, description: "Parley: accounts that are paid out to" },
];
/** Still heard, and gone at the next run. */
const RETIRED = "retired";

/** Brings both endpoints in step and says the secrets of those that are new. */
export async function syncEndpoints(run: Run, asked: Asked): Promise<string[]> {
  const all = await stripeRead((stripe) => stripe.webhookEndpoints.list({ limit: 100 }).autoPagingToArray(ALL));
  const secrets: string[] = [];
  for (const old of all.filter((endpoint) => endpoint.metadata.parley === RETIRED && isHere(endpoint, asked.url))) {
    run.note(`webhook endpoint ${old.id}`, "replaced by another");
    await run.write((stripe, options) => stripe.webhookEndpoints.del(old.id, {}, options));
  }
  for (const wanted of WANTED) {
    const secret = await syncEndpoint(run, { ...asked, wanted, found: oursAmong(all, wanted.role, asked.url) });
    if (secret !== undefined) secrets.push(secret);
  }
  return secrets;
}

/** Several deployments may share one account of the real Stripe, and each has its own address. A local one has one Parley. */
const isHere = ({ url }: Endpoint, ours: string): boolean => url === ours || stripeTarget().kind === "local";

const oursAmong = (all: Endpoint[], role: string, url: string): Endpoint | undefined =>
  all.find((endpoint) => endpoint.metadata.parley === role && isHere(endpoint, url));

async function syncEndpoint(
  run: Run,
  { url, secrets, wanted, found }: Asked & { wanted: Wanted; found: Endpoint | undefined },
): Promise<string | undefined> {
  const what = `webhook endpoint (${wanted.role})`;
  const { role, ...facts } = wanted;
  // The version is fixed for ever when an endpoint is made.
  const isOutdated = found !== undefined && found.api_version !== STRIPE_API_VERSION;
  if (found && !isOutdated && secrets === "keep") {
    const fields = differing({ ...facts, url, status: "enabled" }, found);
    if (fields.length === 0) return undefined;
    run.note(what, `another ${fields.join(", ")}`);
    await run.write((stripe, options) =>
      stripe.webhookEndpoints.update(found.id, { ...facts, url, disabled: false }, options),
    );
    return undefined;
  }
  run.note(what, found ? whyAnew(isOutdated) : "missing");
  const made = await run.write((stripe, options) =>
    stripe.webhookEndpoints.create(
      { ...facts, url, connect: role === "connect", api_version: STRIPE_API_VERSION, metadata: { parley: role } },
      options,
    ),
  );
  if (found)
    await run.write((stripe, options) =>
      stripe.webhookEndpoints.update(found.id, { metadata: { parley: RETIRED } }, options),
    );
  return made?.secret;
}

const whyAnew = (isOutdated: boolean): string =>
  isOutdated ? `another version than ${STRIPE_API_VERSION}` : "another secret is asked for";
