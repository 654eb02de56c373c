import { missing, noSuch, refused } from "../http/errors";
import { listing } from "../http/list";
import { operation } from "../http/operation";
import { integer, list, must, oneOf, parts, text } from "../http/params";
import { newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { checkSoon } from "./check";

type Alert = Kinds["billing.alert"];

const threshold = parts({
  filters: list(parts({ customer: text(), type: must(oneOf("customer")) }), 1),
  gte: must(integer()),
  meter: must(text()),
  recurrence: must(oneOf("one_time")),
});

const MOST_ALERTS = 25;
/** What each verb makes of an alert, and what it must be before. */
const VERBS = {
  activate: { from: ["inactive"], to: "active" },
  deactivate: { from: ["active"], to: "inactive" },
  archive: { from: ["active", "inactive"], to: "archived" },
} as const;

export const alertOperations = [
  operation({
    on: "POST /v1/billing/alerts",
    params: { alert_type: must(oneOf("usage_threshold")), title: must(text(256)), usage_threshold: threshold },
    async run({ space, params }) {
      const wanted = params.usage_threshold;
      if (!wanted) throw missing("usage_threshold");
      if (wanted.gte < 1)
        throw refused("This value must be greater than or equal to 1.", { param: "usage_threshold[gte]" });
      if (!(await space.find("billing.meter", wanted.meter)))
        throw noSuch("meter", wanted.meter, "usage_threshold[meter]");
      const filters = await filtersOf(space, wanted.filters ?? []);
      const same = await space.select("billing.alert", { where: [{ at: "usage_threshold.meter", is: wanted.meter }] });
      if (same.filter(({ status }) => status !== "archived").length >= MOST_ALERTS)
        throw refused(`A meter can have at most ${MOST_ALERTS} alerts.`, { param: "usage_threshold[meter]" });
      return space.add<"billing.alert">(
        {
          ...{ id: newStripeId("alrt_test"), object: "billing.alert", alert_type: "usage_threshold", livemode: false },
          ...{ status: "active", title: params.title },
          usage_threshold: { filters, gte: wanted.gte, meter: wanted.meter, recurrence: "one_time" },
        },
        { since: space.now, told: [] },
      );
    },
  }),
  operation({ on: "GET /v1/billing/alerts/{id}", run: ({ space, id }) => space.get("billing.alert", id) }),
  listing({
    on: "GET /v1/billing/alerts",
    kind: "billing.alert",
    undated: true,
    filters: { alert_type: oneOf("usage_threshold"), meter: text() },
    where: ({ meter }) => (meter === undefined ? [] : [{ at: "usage_threshold.meter", is: meter }]),
  }),
  ...(["activate", "archive", "deactivate"] as const).map((verb) =>
    operation({
      on: `POST /v1/billing/alerts/{id}/${verb}`,
      async run({ space, id }) {
        const alert = await space.get("billing.alert", id);
        const { from, to } = VERBS[verb];
        if (!from.some((status) => status === alert.status))
          throw refused(`This alert is ${alert.status}: it cannot be ${to === "active" ? "activated" : to}.`);
        alert.status = to;
        if (to === "active") checkSoon(space, String(alert.usage_threshold?.meter));
        return alert;
      },
    }),
  ),
];

type Filters = NonNullable<Alert["usage_threshold"]>["filters"];

async function filtersOf(space: Space, inputs: { customer?: string | undefined }[]): Promise<Filters> {
  const filters: Filters = [];
  for (const [index, { customer }] of inputs.entries()) {
    const at = `usage_threshold[filters][${index}][customer]`;
    if (customer === undefined) throw missing(at);
    if (!(await space.find("customer", customer))) throw noSuch("customer", customer, at);
    filters.push({ customer, type: "customer" });
  }
  return filters;
}
