import { refused } from "../http/errors";
import { listing } from "../http/list";
import { mergeMetadata, metadata } from "../http/metadata";
import { operation } from "../http/operation";
import { clearable, list, must, text, yesNo } from "../http/params";
import { newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";
import { API_VERSION } from "../version";
import { judgeUrl, newSecret } from "./endpoint-rules";

const MOST_ENDPOINTS = 16;

export const eventOperations = [
  operation({ on: "GET /v1/events/{id}", run: ({ space, id }) => space.get("event", id) }),
  listing({
    on: "GET /v1/events",
    kind: "event",
    filters: { delivery_success: yesNo(), type: text(), types: list(text(), 20) },
    where: ({ delivery_success, type, types }) => [
      ...(type === undefined
        ? []
        : [type.endsWith(".*") ? { at: "type", contains: type.slice(0, -1) } : { at: "type", is: type }]),
      ...(types === undefined ? [] : [{ at: "type", among: types }]),
      ...(delivery_success === undefined
        ? []
        : [delivery_success ? { at: "pending_webhooks", is: 0 } : { not: { at: "pending_webhooks", is: 0 } }]),
    ],
  }),
  operation({
    on: "POST /v1/webhook_endpoints",
    params: {
      ...{
        api_version: text(),
        connect: yesNo(),
        description: clearable(text()),
        enabled_events: must(list(text(), 500)),
      },
      ...{ metadata: metadata(), url: must(text()) },
    },
    async run({ space, params }) {
      judgeUrl(params.url);
      const existing = await space.select("webhook_endpoint", { limit: MOST_ENDPOINTS });
      if (existing.length >= MOST_ENDPOINTS)
        throw refused(`You have reached the maximum of ${MOST_ENDPOINTS} test webhook endpoints.`);
      const secret = newSecret();
      const endpoint: Kinds["webhook_endpoint"] = {
        id: newStripeId("we"),
        object: "webhook_endpoint",
        api_version: params.api_version ?? null,
        application: null,
        created: space.now,
        description: params.description ?? null,
        enabled_events: params.enabled_events,
        livemode: false,
        metadata: mergeMetadata(null, params.metadata),
        status: "enabled",
        url: params.url,
      };
      if (params.api_version !== undefined && params.api_version !== API_VERSION) {
        throw refused(`The local Stripe renders ${API_VERSION} only.`, { param: "api_version" });
      }
      space.add<"webhook_endpoint">(endpoint, { secrets: [{ secret, until: null }], connect: params.connect ?? false });
      return { ...endpoint, secret };
    },
  }),
  operation({
    on: "POST /v1/webhook_endpoints/{id}",
    params: {
      description: clearable(text()),
      disabled: yesNo(),
      enabled_events: list(text(), 500),
      metadata: metadata(),
      url: text(),
    },
    async run({ space, params, id }) {
      const endpoint = await space.get("webhook_endpoint", id);
      if (params.url !== undefined) {
        judgeUrl(params.url);
        endpoint.url = params.url;
      }
      if (params.description !== undefined) endpoint.description = params.description;
      if (params.enabled_events) endpoint.enabled_events = params.enabled_events;
      if (params.disabled !== undefined) endpoint.status = params.disabled ? "disabled" : "enabled";
      endpoint.metadata = mergeMetadata(endpoint.metadata, params.metadata);
      return endpoint;
    },
  }),
  operation({ on: "GET /v1/webhook_endpoints/{id}", run: ({ space, id }) => space.get("webhook_endpoint", id) }),
  operation({
    on: "DELETE /v1/webhook_endpoints/{id}",
    async run({ space, id }) {
      space.remove(await space.get("webhook_endpoint", id));
      return { id, object: "webhook_endpoint", deleted: true };
    },
  }),
  listing({ on: "GET /v1/webhook_endpoints", kind: "webhook_endpoint", undated: true }),
];
