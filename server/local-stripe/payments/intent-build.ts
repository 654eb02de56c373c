import { shipping, shippingOf } from "../customers/address";
import { currencyCode } from "../http/currency";
import { emailAddress } from "../http/email";
import { exclusive, noSuch, refused } from "../http/errors";
import { mergeMetadata, metadata } from "../http/metadata";
import {
  clearable,
  type Field,
  integer,
  list,
  must,
  oneOf,
  opaque,
  parts,
  type Read,
  text,
  yesNo,
} from "../http/params";
import { clientSecretOf, newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { mandateData } from "./mandate";
import { applyOptions, methodOptions } from "./method-options";

type Intent = Kinds["payment_intent"];

const LARGEST = 99_999_999;
/** In the smallest unit of whatever currency it is. */
const SMALLEST = 50;

/** Gone since endive, and named so that old snippets are told why. */
export const oldMethodTypes: Field<never> = {
  read(_, path) {
    throw refused(
      "The `payment_method_types` parameter is no longer supported. Use `automatic_payment_methods`, `allowed_payment_method_types` or `excluded_payment_method_types` instead.",
      { code: "payment_method_types_no_longer_supported", param: path },
    );
  },
};

/** Saying which kind of absence it is says that the customer is absent. */
export const offSession = (): Field<boolean> => ({
  read: (raw, path) => raw === "one_off" || raw === "recurring" || yesNo().read(raw, path),
});

export const automaticMethods = () => parts({ allow_redirects: oneOf("always", "never"), enabled: must(yesNo()) });
const transferData = () => parts({ amount: integer(), destination: must(text()) });

export const intentFacts = {
  allowed_payment_method_types: clearable(list(text())),
  amount: integer(),
  application_fee_amount: clearable(integer()),
  capture_method: oneOf("automatic", "automatic_async", "manual"),
  currency: currencyCode(),
  customer: text(),
  description: clearable(text(1_000)),
  excluded_payment_method_types: clearable(list(text())),
  metadata: metadata(),
  payment_method: clearable(text()),
  payment_method_data: opaque(),
  payment_method_options: methodOptions(),
  payment_method_types: oldMethodTypes,
  receipt_email: clearable(emailAddress()),
  setup_future_usage: clearable(oneOf("off_session", "on_session")),
  shipping: clearable(shipping()),
  statement_descriptor: text(22),
  statement_descriptor_suffix: text(22),
  transfer_data: transferData(),
  transfer_group: text(),
};
export const newIntentFacts = {
  ...intentFacts,
  amount: must(integer()),
  currency: must(currencyCode()),
  automatic_payment_methods: automaticMethods(),
  confirm: yesNo(),
  confirmation_method: oneOf("automatic", "manual"),
  confirmation_token: text(),
  error_on_requires_action: yesNo(),
  mandate: text(),
  mandate_data: mandateData(),
  off_session: offSession(),
  on_behalf_of: text(),
  payment_method_configuration: text(),
  radar_options: opaque(),
  return_url: text(),
  use_stripe_sdk: yesNo(),
};
type NewIntent = Pick<Read<typeof newIntentFacts>, "amount" | "currency"> & Partial<Read<typeof newIntentFacts>>;

/** The intent before anybody confirmed it. */
export async function addIntent(space: Space, params: NewIntent): Promise<Intent> {
  const currency = params.currency.toLowerCase();
  judgeAmount(params.amount, currency);
  if (params.automatic_payment_methods?.enabled && params.allowed_payment_method_types) {
    throw exclusive("automatic_payment_methods", "allowed_payment_method_types");
  }
  if (params.customer !== undefined) await joinCustomer(space, params.customer);
  const id = newStripeId("pi");
  const intent: Intent = {
    id,
    object: "payment_intent",
    allowed_payment_method_types: params.allowed_payment_method_types ?? null,
    amount: params.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: params.application_fee_amount ?? null,
    automatic_payment_methods: automaticOf(params),
    canceled_at: null,
    cancellation_reason: null,
    capture_method: params.capture_method ?? "automatic_async",
    client_secret: clientSecretOf(id),
    confirmation_method: params.confirmation_method ?? "automatic",
    created: space.now,
    currency,
    customer: params.customer ?? null,
    customer_account: null,
    description: params.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: mergeMetadata(null, params.metadata),
    next_action: null,
    on_behalf_of: params.on_behalf_of ?? null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: "automatic" },
    },
    payment_method_types: params.allowed_payment_method_types ?? ["card", "us_bank_account"],
    payment_record: null,
    processing: null,
    receipt_email: params.receipt_email ?? null,
    review: null,
    setup_future_usage: params.setup_future_usage ?? null,
    shipping: params.shipping ? shippingOf(params.shipping) : null,
    source: null,
    statement_descriptor: params.statement_descriptor ?? null,
    statement_descriptor_suffix: params.statement_descriptor_suffix ?? null,
    status: "requires_payment_method",
    transfer_data: params.transfer_data
      ? {
          destination: params.transfer_data.destination,
          ...(params.transfer_data.amount !== undefined && { amount: params.transfer_data.amount }),
        }
      : null,
    transfer_group: params.transfer_group ?? null,
  };
  applyOptions(intent, params.payment_method_options);
  return space.add(intent);
}

export function judgeAmount(amount: number, currency: string): void {
  if (amount < 1)
    throw refused("This value must be greater than or equal to 1.", {
      code: "parameter_invalid_integer",
      param: "amount",
    });
  if (amount < SMALLEST) {
    throw refused(`Amount must be at least $0.50 ${currency}`, { code: "amount_too_small", param: "amount" });
  }
  if (amount > LARGEST)
    throw refused("Amount must be no more than $999,999.99", { code: "amount_too_large", param: "amount" });
}

async function joinCustomer(space: Space, id: string): Promise<void> {
  const customer = await space.find("customer", id);
  if (!customer) throw noSuch("customer", id, "customer");
  await space.follow(customer.test_clock);
}

function automaticOf({
  automatic_payment_methods: asked,
  allowed_payment_method_types: allowed,
}: NewIntent): Intent["automatic_payment_methods"] {
  if (asked) return { enabled: asked.enabled, allow_redirects: asked.allow_redirects ?? "always" };
  return allowed ? null : { enabled: true, allow_redirects: "always" };
}
