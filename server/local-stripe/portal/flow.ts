import { missing, noSuch } from "../http/errors";
import { integer, list, must, oneOf, parts, type Read, text } from "../http/params";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";

type Flow = NonNullable<Kinds["billing_portal.session"]["flow"]>;

const ofSubscription = () => parts({ subscription: must(text()) });
const facts = {
  after_completion: parts({
    hosted_confirmation: parts({ custom_message: text(500) }),
    redirect: parts({ return_url: must(text()) }),
    type: must(oneOf("hosted_confirmation", "portal_homepage", "redirect")),
  }),
  subscription_cancel: ofSubscription(),
  subscription_pause: ofSubscription(),
  subscription_update: ofSubscription(),
  subscription_update_confirm: parts({
    discounts: list(parts({ coupon: text(), promotion_code: text() }), 1),
    items: must(list(parts({ id: must(text()), price: text(), quantity: integer() }), 20)),
    subscription: must(text()),
  }),
  type: must(
    oneOf(
      ...(["customer_update", "payment_method_update", "subscription_cancel", "subscription_pause"] as const),
      ...(["subscription_update", "subscription_update_confirm"] as const),
    ),
  ),
};
export const flowData = () => parts(facts);
type FlowInput = Read<typeof facts>;

/** What a portal session was opened for, judged: its subscription is the customer's, and what it needs is there. */
export async function flowOf(space: Space, asked: FlowInput | undefined, customer: string): Promise<Flow | null> {
  if (!asked) return null;
  const { type, after_completion: after, subscription_update_confirm: confirm } = asked;
  const named = type in asked ? asked[type as "subscription_cancel"] : undefined; // the types that name a subscription
  if (type.startsWith("subscription_") && !named) throw missing(`flow_data[${type}]`);
  if (named) await judge(space, named.subscription, customer, `flow_data[${type}][subscription]`);
  return {
    after_completion: {
      hosted_confirmation: after?.hosted_confirmation
        ? { custom_message: after.hosted_confirmation.custom_message ?? null }
        : null,
      redirect: after?.redirect ?? null,
      type: after?.type ?? "portal_homepage",
    },
    customer_update: null,
    subscription_cancel: asked.subscription_cancel ? { ...asked.subscription_cancel, retention: null } : null,
    subscription_pause: asked.subscription_pause ?? null,
    subscription_update: asked.subscription_update ?? null,
    subscription_update_confirm: confirm ? confirmOf(confirm) : null,
    type,
  };
}

const confirmOf = ({ discounts, items, subscription }: NonNullable<FlowInput["subscription_update_confirm"]>) => ({
  discounts:
    discounts?.map(({ coupon, promotion_code }) => ({
      coupon: coupon ?? null,
      promotion_code: promotion_code ?? null,
    })) ?? null,
  items: items.map(({ id, price, quantity }) => ({
    ...{ id, price: price ?? null },
    ...(quantity !== undefined && { quantity }),
  })),
  subscription,
});

async function judge(space: Space, id: string, customer: string, param: string): Promise<void> {
  const subscription = await space.find("subscription", id);
  if (subscription?.customer !== customer) throw noSuch("subscription", id, param);
}
