import { refused } from "../http/errors";
import { listing, PAGING, pageOf } from "../http/list";
import { operation } from "../http/operation";
import { integer, list, must, oneOf, parts, text, texts } from "../http/params";
import { newStripeId } from "../store/ids";
import { lagOf } from "../store/lag";
import { adjustEvent, recordEvent } from "./record";
import { usageOf } from "./usage";

const SECONDS_PER_MINUTE = 60;
const WINDOWS = { hour: 3_600, day: 86_400 };

export const meterOperations = [
  operation({
    on: "POST /v1/billing/meters",
    params: {
      customer_mapping: parts({ event_payload_key: must(text(100)), type: must(oneOf("by_id")) }),
      default_aggregation: must(parts({ formula: must(oneOf("count", "last", "sum")) })),
      display_name: must(text(250)),
      event_name: must(text(100)),
      event_time_window: oneOf("day", "hour"),
      value_settings: parts({ event_payload_key: must(text(100)) }),
    },
    async run({ space, params }) {
      const [taken] = await space.select("billing.meter", {
        where: [
          { at: "event_name", is: params.event_name },
          { at: "status", is: "active" },
        ],
        limit: 1,
      });
      if (taken)
        throw refused(`An active meter with event_name ${params.event_name} already exists.`, {
          code: "resource_already_exists",
          param: "event_name",
        });
      const meter = space.add<"billing.meter">({
        id: newStripeId("mtr_test"),
        object: "billing.meter",
        created: space.now,
        customer_mapping: {
          event_payload_key: params.customer_mapping?.event_payload_key ?? "stripe_customer_id",
          type: "by_id",
        },
        default_aggregation: { formula: params.default_aggregation.formula },
        display_name: params.display_name,
        event_name: params.event_name,
        event_time_window: params.event_time_window ?? null,
        livemode: false,
        status: "active",
        status_transitions: { deactivated_at: null },
        updated: space.now,
        value_settings: { event_payload_key: params.value_settings?.event_payload_key ?? "value" },
      });
      space.announce("billing.meter.created", meter);
      return meter;
    },
  }),
  operation({
    on: "POST /v1/billing/meters/{id}",
    params: { display_name: text(250) },
    async run({ space, params, id }) {
      const meter = await space.get("billing.meter", id);
      if (params.display_name !== undefined) meter.display_name = params.display_name;
      meter.updated = space.now;
      space.announceChange("billing.meter.updated", meter);
      return meter;
    },
  }),
  operation({ on: "GET /v1/billing/meters/{id}", run: ({ space, id }) => space.get("billing.meter", id) }),
  listing({
    on: "GET /v1/billing/meters",
    kind: "billing.meter",
    undated: true,
    filters: { status: oneOf("active", "inactive") },
    where: ({ status }) => (status === undefined ? [] : [{ at: "status", is: status }]),
  }),
  ...(["deactivate", "reactivate"] as const).map((verb) =>
    operation({
      on: `POST /v1/billing/meters/{id}/${verb}`,
      async run({ space, id }) {
        const meter = await space.get("billing.meter", id);
        const [status, event] =
          verb === "deactivate"
            ? (["inactive", "billing.meter.deactivated"] as const)
            : (["active", "billing.meter.reactivated"] as const);
        if (meter.status === status) throw refused(`This meter is already ${status}.`);
        meter.status = status;
        meter.status_transitions.deactivated_at = status === "inactive" ? space.now : null;
        meter.updated = space.now;
        space.announce(event, meter);
        return meter;
      },
    }),
  ),
  operation({
    on: "GET /v1/billing/meters/{id}/event_summaries",
    params: {
      ...PAGING,
      customer: must(text()),
      end_time: must(integer()),
      start_time: must(integer()),
      value_grouping_window: oneOf("day", "hour"),
    },
    async run({ space, params, id }) {
      const meter = await space.get("billing.meter", id);
      const { customer, start_time, end_time, value_grouping_window: window } = params;
      const step = window ? WINDOWS[window] : SECONDS_PER_MINUTE;
      for (const [param, value] of [
        ["start_time", start_time],
        ["end_time", end_time],
      ] as const) {
        if (value % step !== 0)
          throw refused(`\`${param}\` must be aligned with ${window ?? "minute"} boundaries.`, { param });
      }
      if (end_time <= start_time) throw refused("`end_time` must be after `start_time`.", { param: "end_time" });
      const known = space.now - (await lagOf(space)).meter_seconds;
      const spans = window ? spansOf(start_time, end_time, step) : [{ start: start_time, end: end_time }];
      const summaries = [];
      for (const { start, end } of spans) {
        const value = Number(await usageOf(space, meter, { customer, start, end, known }));
        if (value === 0 && window) continue;
        summaries.unshift({
          id: `mtrusg_${id}_${start}`,
          object: "billing.meter_event_summary",
          aggregated_value: value,
          end_time: end,
          livemode: false,
          meter: id,
          start_time: start,
        });
      }
      return pageOf(`/v1/billing/meters/${id}/event_summaries`, summaries, params);
    },
  }),
  operation({
    on: "POST /v1/billing/meter_events",
    params: { event_name: must(text(100)), identifier: text(100), payload: must(texts()), timestamp: integer() },
    async run({ space, params }) {
      const kept = await recordEvent(space, params);
      const { event_name, identifier, payload, at } = kept;
      return {
        object: "billing.meter_event",
        created: space.now,
        event_name,
        identifier,
        livemode: false,
        payload,
        timestamp: at,
      };
    },
  }),
  operation({
    on: "POST /v1/billing/meter_event_adjustments",
    params: {
      cancel: parts({ identifier: must(text(100)) }),
      event_name: must(text(100)),
      type: must(oneOf("cancel")),
    },
    async run({ space, params }) {
      await adjustEvent(space, params.cancel?.identifier ?? "");
      return {
        object: "billing.meter_event_adjustment",
        cancel: { identifier: params.cancel?.identifier ?? null },
        event_name: params.event_name,
        livemode: false,
        status: "complete",
        type: "cancel",
      };
    },
  }),
  operation({
    on: "POST /v2/billing/meter_events",
    params: { event_name: must(text(100)), identifier: text(100), payload: must(texts()), timestamp: text() },
    async run({ space, params }) {
      const { event_name, identifier, payload, at } = await recordEvent(space, {
        ...params,
        timestamp: secondsOf(params.timestamp),
      });
      return {
        object: "v2.billing.meter_event",
        created: iso(space.now),
        event_name,
        identifier,
        livemode: false,
        payload,
        timestamp: iso(at),
      };
    },
  }),
  operation({
    on: "POST /v2/billing/meter_event_adjustments",
    params: {
      cancel: must(parts({ identifier: must(text(100)) })),
      event_name: must(text(100)),
      type: must(oneOf("cancel")),
    },
    async run({ space, params }) {
      await adjustEvent(space, params.cancel.identifier);
      const id = newStripeId("mtr_adj_test");
      return {
        id,
        object: "v2.billing.meter_event_adjustment",
        cancel: params.cancel,
        created: iso(space.now),
        event_name: params.event_name,
        livemode: false,
        status: "complete",
        type: "cancel",
      };
    },
  }),
  operation({
    on: "POST /v2/billing/meter_event_session",
    async run({ space }) {
      const expires = space.now + 15 * SECONDS_PER_MINUTE;
      const token = newStripeId("meter_session");
      await space.sql`insert into stripe_local.switches (account, name, value) values (${space.account}, ${`meter_session ${token}`}, ${String(expires)}::text::jsonb)`;
      return {
        id: newStripeId("mes_test"),
        object: "v2.billing.meter_event_session",
        authentication_token: token,
        created: iso(space.now),
        expires_at: iso(expires),
        livemode: false,
      };
    },
  }),
];

/** A batch may be sent with a session's token instead of a key. */
export const streamOperation = operation({
  on: "POST /v2/billing/meter_event_stream",
  params: {
    events: must(
      list(
        parts({ event_name: must(text(100)), identifier: text(100), payload: must(texts()), timestamp: text() }),
        100,
      ),
    ),
  },
  async run({ space, params }) {
    for (const event of params.events) await recordEvent(space, { ...event, timestamp: secondsOf(event.timestamp) });
    return {};
  },
});

const secondsOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw refused(`Invalid timestamp: ${text}`, { param: "timestamp" });
  return Math.floor(at / 1_000);
};
const iso = (at: number): string => new Date(at * 1_000).toISOString();

function spansOf(start: number, end: number, step: number): { start: number; end: number }[] {
  return Array.from({ length: Math.ceil((end - start) / step) }, (_, index) => ({
    start: start + index * step,
    end: start + (index + 1) * step,
  }));
}
