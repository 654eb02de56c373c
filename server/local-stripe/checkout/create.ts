import { priceData } from "../catalogue/create-price";
import { shipping } from "../customers/address";
import { currencyCode } from "../http/currency";
import { emailAddress } from "../http/email";
import { exclusive, missing, noSuch, refused } from "../http/errors";
import { mergeMetadata, metadata } from "../http/metadata";
import { notHere } from "../http/not-here";
import { clearable, integer, list, must, oneOf, parts, percent, type Read, text, yesNo } from "../http/params";
import { discountList } from "../invoices/discount";
import { oldMethodTypes } from "../payments/intent-build";
import { methodOptions } from "../payments/method-options";
import { newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { automaticTax } from "../taxes/named";
import { newSession } from "./build";
import { pricedLines } from "./priced-lines";
import { consent, invoiceCreation, savedMethods, shownWishes } from "./wishes";

type Session = Kinds["checkout.session"];

const DAY = 86_400;
const SHORTEST = 30 * 60;

const intentData = parts({
  ...{
    application_fee_amount: integer(),
    capture_method: oneOf("automatic", "automatic_async", "manual"),
    description: text(),
    metadata: metadata(),
    on_behalf_of: text(),
  },
  ...{
    receipt_email: emailAddress(),
    setup_future_usage: oneOf("off_session", "on_session"),
    shipping: clearable(shipping()),
    statement_descriptor: text(),
    statement_descriptor_suffix: text(),
  },
  ...{ transfer_data: parts({ amount: integer(), destination: must(text()) }), transfer_group: text() },
});
const subscriptionData = parts({
  ...{
    application_fee_percent: percent(),
    billing_cycle_anchor: integer(),
    billing_mode: parts({ type: must(oneOf("classic", "flexible")) }),
    default_tax_rates: list(text(), 5),
    description: text(),
    invoice_settings: notHere("invoice_settings in Checkout"),
  },
  ...{
    metadata: metadata(),
    on_behalf_of: text(),
    proration_behavior: oneOf("create_prorations", "none"),
    trial_end: integer(),
    trial_period_days: integer(),
  },
  ...{
    transfer_data: parts({ amount_percent: percent(), destination: must(text()) }),
    trial_settings: parts({
      end_behavior: must(parts({ missing_payment_method: must(oneOf("cancel", "create_invoice", "pause")) })),
    }),
  },
});
const line = parts({
  adjustable_quantity: notHere("adjustable_quantity in Checkout"),
  metadata: metadata(),
  price: text(),
  price_data: priceData(),
  quantity: integer(),
  tax_rates: list(text(), 5),
});

export const sessionFacts = {
  ...{
    allow_promotion_codes: yesNo(),
    allowed_payment_method_types: list(text()),
    automatic_tax: automaticTax(),
    billing_address_collection: oneOf("auto", "required"),
  },
  ...{
    cancel_url: text(),
    client_reference_id: text(200),
    consent_collection: consent(),
    currency: currencyCode(),
    custom_fields: notHere("custom_fields in Checkout"),
    custom_text: notHere("custom_text in Checkout"),
  },
  ...{
    customer: text(),
    customer_creation: oneOf("always", "if_required"),
    customer_email: emailAddress(),
    customer_update: notHere("customer_update in Checkout"),
    discounts: discountList(),
  },
  ...{
    expires_at: integer(),
    invoice_creation: invoiceCreation(),
    line_items: list(line, 100),
    locale: text(),
    metadata: metadata(),
    mode: must(oneOf("payment", "setup", "subscription")),
  },
  ...{
    payment_intent_data: intentData,
    payment_method_collection: oneOf("always", "if_required"),
    payment_method_options: methodOptions(),
    payment_method_types: oldMethodTypes,
  },
  ...{
    phone_number_collection: notHere("phone_number_collection in Checkout"),
    redirect_on_completion: oneOf("always", "if_required", "never"),
    return_url: text(),
    saved_payment_method_options: savedMethods(),
  },
  ...{
    setup_intent_data: parts({ description: text(), metadata: metadata(), on_behalf_of: text() }),
    shipping_address_collection: notHere("shipping_address_collection in Checkout"),
    submit_type: oneOf("auto", "book", "donate", "pay", "subscribe"),
  },
  ...{
    subscription_data: subscriptionData,
    success_url: text(),
    tax_id_collection: notHere("tax_id_collection in Checkout"),
    ui_mode: oneOf("elements", "embedded_page", "form", "hosted_page"),
    excluded_payment_method_types: clearable(list(text())),
  },
};
type NewSessionInput = Read<typeof sessionFacts>;
/** What completing a session will need of the request that made it. */
export type Orders = Pick<
  NewSessionInput,
  | ("payment_intent_data" | "subscription_data" | "setup_intent_data" | "discounts" | "invoice_creation")
  | "payment_method_options"
>;

export async function createSession(space: Space, params: NewSessionInput): Promise<Session> {
  const hosted = (params.ui_mode ?? "hosted_page") === "hosted_page";
  judge(space, params, hosted);
  const customer = params.customer === undefined ? undefined : await space.find("customer", params.customer);
  if (params.customer !== undefined && !customer) throw noSuch("customer", params.customer, "customer");
  await space.follow(customer?.test_clock);

  const { lines, totals, currency } = await pricedLines(space, params);
  const session = newSession({
    ...{
      mode: params.mode,
      created: space.now,
      expires_at: params.expires_at ?? space.now + DAY,
      currency: params.mode === "setup" ? (params.currency ?? null) : currency,
    },
    ...{
      amount_subtotal: params.mode === "setup" ? null : totals.subtotal,
      amount_total: params.mode === "setup" ? null : totals.total,
    },
    ...{
      cancel_url: params.cancel_url ?? null,
      success_url: params.success_url ?? null,
      client_reference_id: params.client_reference_id ?? null,
    },
    ...{
      customer: params.customer ?? null,
      customer_email: params.customer_email ?? null,
      metadata: mergeMetadata(null, params.metadata),
      ui_mode: params.ui_mode ?? "hosted_page",
    },
    ...{
      allow_promotion_codes: params.allow_promotion_codes ?? null,
      billing_address_collection: params.billing_address_collection ?? null,
    },
    ...{
      customer_creation:
        params.mode === "payment" && !customer
          ? params.invoice_creation?.enabled
            ? "always"
            : (params.customer_creation ?? "if_required")
          : params.mode === "subscription" && !customer
            ? "always"
            : null,
    },
    ...{
      payment_method_collection: params.mode === "subscription" ? (params.payment_method_collection ?? "always") : null,
      submit_type: params.submit_type ?? null,
    },
    ...shownWishes(params),
    ...{ total_details: { amount_discount: totals.discount, amount_shipping: 0, amount_tax: totals.tax } },
    ...(!hosted && { redirect_on_completion: params.redirect_on_completion ?? "always" }),
    ...(params.return_url !== undefined && { return_url: params.return_url }),
  });
  if (hosted) session.url = `${space.origin()}/c/pay/${session.id}`;
  else session.client_secret = `${session.id}_secret_${newStripeId("x").slice(2)}`;
  const { payment_intent_data, subscription_data, setup_intent_data, discounts } = params;
  const { invoice_creation, payment_method_options } = params;
  space.add(session, {
    lines,
    orders: {
      payment_intent_data,
      subscription_data,
      setup_intent_data,
      discounts,
      invoice_creation,
      payment_method_options,
    },
  });
  space.schedule("checkout_expires", session.id, session.expires_at);
  return session;
}

function judge(space: Space, params: NewSessionInput, hosted: boolean): void {
  if (hosted && params.success_url === undefined) throw missing("success_url");
  if (!hosted && params.success_url !== undefined)
    throw refused("`success_url` can only be used with `ui_mode` `hosted_page`. Use `return_url` instead.", {
      param: "success_url",
    });
  if (!hosted && params.return_url === undefined && params.redirect_on_completion !== "never")
    throw missing("return_url");
  if (params.customer !== undefined && params.customer_email !== undefined)
    throw exclusive("customer", "customer_email");
  if (params.mode !== "setup" && !params.line_items?.length) throw missing("line_items");
  if (params.invoice_creation && params.mode !== "payment")
    throw refused("You can only enable invoice creation when `mode` is set to `payment`.", {
      param: "invoice_creation",
    });
  if (
    params.expires_at !== undefined &&
    (params.expires_at < space.now + SHORTEST || params.expires_at > space.now + DAY)
  ) {
    throw refused(
      "The `expires_at` timestamp must be between 30 minutes and 24 hours after Checkout Session creation.",
      { param: "expires_at" },
    );
  }
}
