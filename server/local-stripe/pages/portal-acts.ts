import { bind, checkIssuer } from "../payments/attach";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { creditUnused, endSubscription } from "../subscriptions/cancel";
import { updateSubscription } from "../subscriptions/update";
import { typedMethod } from "./typed-method";

type Features = Kinds["billing_portal.configuration"]["features"];
const PRORATIONS = ["always_invoice", "create_prorations", "none"] as const;

type Acting = {
  space: Space;
  form: URLSearchParams;
  features: Features;
  customer: Kinds["customer"];
  /** The one that the form names, if it is this customer's. */
  subscription: Kinds["subscription"] | undefined;
};

/** What the portal's buttons do, each where the shop allows it. */
export const PORTAL_ACTS: Record<string, (acting: Acting) => Promise<unknown>> = {
  async card({ space, form, features, customer }) {
    if (!features.payment_method_update.enabled) return;
    const method = await typedMethod(space, form);
    checkIssuer(space, method);
    bind(space, method, customer);
    customer.invoice_settings.default_payment_method = method.id;
    space.announceChange("customer.updated", customer);
  },

  async cancel({ space, features: { subscription_cancel: cancel }, subscription }) {
    if (!subscription || !cancel.enabled) return;
    if (cancel.mode === "immediately") {
      if (cancel.proration_behavior !== "none") await creditUnused(space, subscription);
      return endSubscription(space, subscription, "cancellation_requested");
    }
    // The portal sets the date and leaves `cancel_at_period_end` alone.
    await updateSubscription(space, subscription, { cancel_at: "min_period_end" });
  },

  async keep({ space, features, subscription }) {
    if (!subscription || !features.subscription_cancel.enabled) return;
    await updateSubscription(space, subscription, { cancel_at: null });
  },

  async plan({ space, form, features, subscription }) {
    const price = form.get("price") ?? "";
    const [item] = subscription?.items.data ?? [];
    if (!subscription || !item || !plansOf(features).includes(price)) return;
    await updateSubscription(space, subscription, {
      ...{ items: [{ id: item.id, price }], payment_behavior: "error_if_incomplete" },
      proration_behavior: PRORATIONS.find((one) => one === features.subscription_update.proration_behavior),
    });
  },
};

/** The prices that a customer may change to by themselves. */
export function plansOf({ subscription_update: update }: Features): string[] {
  if (!update.enabled || !update.default_allowed_updates.includes("price")) return [];
  return (update.products ?? []).flatMap(({ prices }) => prices);
}
