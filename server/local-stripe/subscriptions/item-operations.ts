import { refused } from "../http/errors";
import { PAGING, pageOf } from "../http/list";
import { notHere } from "../http/not-here";
import { operation } from "../http/operation";
import { integer, must, text, yesNo } from "../http/params";
import type { Space } from "../store/space";
import { newItemFacts } from "./items";
import { behavior, proration } from "./params";
import { readSubscription } from "./read";
import { updateSubscription } from "./update";

export const subscriptionItemOperations = [
  operation({
    on: "GET /v1/subscription_items",
    params: { ...PAGING, subscription: must(text()) },
    async run({ space, params }) {
      const subscription = await space.get("subscription", params.subscription);
      return pageOf("/v1/subscription_items", subscription.items.data, params);
    },
  }),
  operation({
    on: "POST /v1/subscription_items",
    params: {
      ...newItemFacts,
      subscription: must(text()),
      payment_behavior: behavior,
      proration_behavior: proration,
      proration_date: integer(),
      current_trial: notHere("current_trial"),
    },
    async run({
      space,
      params: { subscription: id, payment_behavior, proration_behavior, proration_date, current_trial: _, ...item },
    }) {
      const subscription = await readSubscription(space, id);
      await updateSubscription(space, subscription, {
        items: [item],
        payment_behavior,
        proration_behavior,
        proration_date,
      });
      return subscription.items.data.at(-1) ?? {};
    },
  }),
  operation({
    on: "GET /v1/subscription_items/{id}",
    async run({ space, id }) {
      return (await withItem(space, id)).item;
    },
  }),
  operation({
    on: "POST /v1/subscription_items/{id}",
    params: {
      ...newItemFacts,
      payment_behavior: behavior,
      proration_behavior: proration,
      proration_date: integer(),
      off_session: yesNo(),
      current_trial: notHere("current_trial"),
    },
    async run({
      space,
      id,
      params: { payment_behavior, proration_behavior, proration_date, off_session, current_trial: _, ...item },
    }) {
      const { subscription, item: kept } = await withItem(space, id);
      await updateSubscription(space, subscription, {
        items: [{ ...item, id }],
        payment_behavior,
        proration_behavior,
        proration_date,
        off_session,
      });
      return kept;
    },
  }),
  operation({
    on: "DELETE /v1/subscription_items/{id}",
    params: {
      clear_usage: yesNo(),
      payment_behavior: behavior,
      proration_behavior: proration,
      proration_date: integer(),
    },
    async run({ space, id, params: { proration_behavior, proration_date } }) {
      const { subscription } = await withItem(space, id);
      await updateSubscription(space, subscription, {
        items: [{ id, deleted: true }],
        proration_behavior,
        proration_date,
      });
      return { id, object: "subscription_item", deleted: true };
    },
  }),
];

async function withItem(space: Space, id: string) {
  const [found] = await space.sql<{ id: string }[]>`
    select id from stripe_local.objects
    where account = ${space.account} and kind = 'subscription' and body -> 'items' -> 'data' @> ${JSON.stringify([{ id }])}::text::jsonb`;
  const subscription = found && (await readSubscription(space, found.id));
  const item = subscription?.items.data.find((one) => one.id === id);
  if (subscription && item) return { subscription, item };
  throw refused(`No such subscription_item: '${id}'`, { code: "resource_missing", param: "id", status: 404 });
}
