import { missing, notBuilt, refused } from "../http/errors";
import { type Metadata, mergeMetadata, metadata } from "../http/metadata";
import { operation } from "../http/operation";
import { integer, list, must, oneOf, parts, text } from "../http/params";
import { newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { API_VERSION } from "../version";
import { judgeUrl, newSecret } from "./endpoint-rules";
import { pageOfV2 } from "./v2-page";

type Destination = Kinds["v2.core.event_destination"];

const SHOWN = oneOf("webhook_endpoint.signing_secret", "webhook_endpoint.url");
type Shown = "webhook_endpoint.signing_secret" | "webhook_endpoint.url";
const endpoint = parts({ url: must(text()) });
const iso = (at: number): string => new Date(at * 1_000).toISOString();

export const destinationOperations = [
  operation({
    on: "POST /v2/core/event_destinations",
    params: {
      ...{
        description: text(),
        enabled_events: must(list(text(), 500)),
        event_payload: must(oneOf("snapshot", "thin")),
      },
      ...{ events_from: list(oneOf("other_accounts", "self"), 2), include: list(SHOWN), metadata: metadata() },
      ...{ name: must(text()), snapshot_api_version: text(), webhook_endpoint: endpoint },
      type: must(oneOf("amazon_eventbridge", "azure_event_grid", "webhook_endpoint")),
    },
    async run({ space, params }) {
      if (params.type !== "webhook_endpoint") throw notBuilt(`event destinations of type ${params.type}`);
      if (!params.webhook_endpoint) throw missing("webhook_endpoint");
      judgeUrl(params.webhook_endpoint.url);
      judgeEvents(params.event_payload, params.enabled_events);
      if (params.snapshot_api_version !== undefined && params.snapshot_api_version !== API_VERSION)
        throw refused(`The local Stripe renders ${API_VERSION} only.`, { param: "snapshot_api_version" });
      const destination = space.add<"v2.core.event_destination">(
        {
          ...{ id: newStripeId("ed_test"), object: "v2.core.event_destination", created: iso(space.now) },
          ...{ description: params.description ?? "", enabled_events: params.enabled_events },
          ...{ event_payload: params.event_payload, events_from: params.events_from ?? ["self"], livemode: false },
          ...{ metadata: mergeMetadata(null, params.metadata), name: params.name, status: "enabled" },
          ...{ type: "webhook_endpoint", updated: iso(space.now) },
          ...(params.event_payload === "snapshot" && { snapshot_api_version: API_VERSION }),
        },
        { url: params.webhook_endpoint.url, secrets: [{ secret: newSecret(), until: null }] },
      );
      return shown(space, destination, params.include);
    },
  }),
  operation({
    on: "POST /v2/core/event_destinations/{id}",
    params: {
      ...{ description: text(), enabled_events: list(text(), 500), include: list(SHOWN), metadata: metadata() },
      ...{ name: text(), webhook_endpoint: endpoint },
    },
    async run({ space, params, id }) {
      const destination = await space.get("v2.core.event_destination", id);
      if (params.webhook_endpoint) {
        judgeUrl(params.webhook_endpoint.url);
        space.inner(destination).url = params.webhook_endpoint.url;
      }
      if (params.enabled_events) {
        judgeEvents(destination.event_payload, params.enabled_events);
        destination.enabled_events = params.enabled_events;
      }
      if (params.description !== undefined) destination.description = params.description;
      if (params.name !== undefined) destination.name = params.name;
      const kept: Metadata = destination.metadata ?? {};
      destination.metadata = mergeMetadata(kept, params.metadata);
      destination.updated = iso(space.now);
      return shown(space, destination, withoutSecret(params.include));
    },
  }),
  operation({
    on: "GET /v2/core/event_destinations/{id}",
    params: { include: list(SHOWN) },
    async run({ space, params, id }) {
      return shown(space, await space.get("v2.core.event_destination", id), withoutSecret(params.include));
    },
  }),
  operation({
    on: "GET /v2/core/event_destinations",
    params: { include: list(SHOWN), limit: integer(), page: text() },
    async run({ space, params }) {
      const all = await space.select("v2.core.event_destination");
      const found = all.map((one) => shown(space, one, withoutSecret(params.include)));
      return pageOfV2("/v2/core/event_destinations", found, params);
    },
  }),
  operation({
    on: "DELETE /v2/core/event_destinations/{id}",
    async run({ space, id }) {
      space.remove(await space.get("v2.core.event_destination", id));
      return { id, object: "v2.core.event_destination" };
    },
  }),
  ...(["disable", "enable"] as const).map((verb) =>
    operation({
      on: `POST /v2/core/event_destinations/{id}/${verb}`,
      async run({ space, id }) {
        const destination = await space.get("v2.core.event_destination", id);
        destination.status = verb === "enable" ? "enabled" : "disabled";
        if (verb === "enable") delete destination.status_details;
        else destination.status_details = { disabled: { reason: "user" } };
        destination.updated = iso(space.now);
        return shown(space, destination, undefined);
      },
    }),
  ),
  operation({
    on: "POST /v2/core/event_destinations/{id}/ping",
    async run({ space, id }) {
      const destination = await space.get("v2.core.event_destination", id);
      if (destination.status !== "enabled") throw refused("A disabled event destination cannot be pinged.");
      const related = { id, type: "v2.core.event_destination", url: `/v2/core/event_destinations/${id}` };
      return space.announceThin("v2.core.event_destination.ping", { related }, id);
    },
  }),
];

/** The secret is shown once, to whoever makes the destination. */
const withoutSecret = (include: Shown[] | undefined): Shown[] =>
  (include ?? []).filter((part) => part !== "webhook_endpoint.signing_secret");

function shown(space: Space, destination: Destination, include: Shown[] | undefined): object {
  const { url, secrets } = space.inner(destination);
  const parts = {
    ...(include?.includes("webhook_endpoint.url") && { url }),
    ...(include?.includes("webhook_endpoint.signing_secret") && { signing_secret: secrets[0]?.secret }),
  };
  return { ...destination, ...(Object.keys(parts).length > 0 && { webhook_endpoint: parts }) };
}

/** A thin destination hears of thin events, and a snapshot one of the older kind. */
function judgeEvents(payload: string, types: string[]): void {
  for (const [index, type] of types.entries()) {
    const isThin = /^v[12]\./.test(type);
    if (type === "*" || isThin === (payload === "thin")) continue;
    throw refused(`The event type ${type} is not available with event_payload ${payload}.`, {
      param: `enabled_events[${index}]`,
    });
  }
}
