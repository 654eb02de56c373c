import { currencyCode } from "../http/currency";
import { emailAddress } from "../http/email";
import { noSuch, notThere } from "../http/errors";
import { listing } from "../http/list";
import { mergeMetadata, metadata } from "../http/metadata";
import { operation } from "../http/operation";
import { clearable, integer, list, must, oneOf, opaque, parts, type Read, text, yesNo } from "../http/params";
import { searching } from "../http/search";
import { attachToCustomer, methodNamed } from "../payments/attach";
import { createMethod } from "../payments/method-build";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { cancelForCustomer } from "../subscriptions/cancel";
import { address, addressOf, shipping, shippingOf } from "./address";
import { moveBalance } from "./balance";
import { newCustomer } from "./build";

const facts = {
  address: clearable(address()),
  balance: integer(),
  business_name: clearable(text()),
  description: clearable(text()),
  email: clearable(emailAddress()),
  individual_name: clearable(text()),
  invoice_prefix: text(12),
  invoice_settings: parts({
    custom_fields: clearable(list(parts({ name: must(text(40)), value: must(text(140)) }), 4)),
    default_payment_method: clearable(text()),
    footer: clearable(text()),
    rendering_options: clearable(
      parts({ amount_tax_display: clearable(oneOf("exclude_tax", "include_inclusive_tax")), template: text() }),
    ),
  }),
  metadata: metadata(),
  name: clearable(text(256)),
  next_invoice_sequence: integer(),
  phone: clearable(text(20)),
  preferred_locales: list(text()),
  shipping: clearable(shipping()),
  source: text(),
  tax_exempt: clearable(oneOf("exempt", "none", "reverse")),
  validate: yesNo(),
};
const created = { ...facts, payment_method: text(), test_clock: text(), tax: opaque(), tax_id_data: opaque() };
const updated = { ...facts, default_source: text(), tax: opaque() };

export const customerOperations = [
  operation({
    on: "POST /v1/customers",
    params: created,
    async run({ space, params }) {
      await space.follow(params.test_clock);
      if (params.test_clock !== undefined && !(await space.find("test_helpers.test_clock", params.test_clock))) {
        throw noSuch("test clock", params.test_clock, "test_clock");
      }
      const customer = space.add({ ...newCustomer(space.now), test_clock: params.test_clock ?? null });
      const method =
        params.payment_method === undefined
          ? undefined
          : await methodNamed(space, params.payment_method, "payment_method");
      await begin(space, customer, params, method);
      space.announce("customer.created", customer);
      if (method) await attachToCustomer(space, method.id, customer, "payment_method");
      return customer;
    },
  }),
  operation({
    on: "POST /v1/customers/{id}",
    params: updated,
    async run({ space, params, id }) {
      const customer = await space.get("customer", id);
      await space.follow(customer.test_clock);
      await change(space, customer, params);
      space.announceChange("customer.updated", customer);
      return customer;
    },
  }),
  operation({
    on: "GET /v1/customers/{id}",
    async run({ space, id }) {
      const found = await space.find("customer", id);
      if (found) return found;
      if (id.startsWith("cus_") && (await space.isDeleted(id))) return { id, object: "customer", deleted: true };
      throw notThere("customer", id);
    },
  }),
  operation({
    on: "DELETE /v1/customers/{id}",
    async run({ space, id }) {
      const customer = await space.get("customer", id);
      await space.follow(customer.test_clock);
      await cancelForCustomer(space, customer);
      space.announce("customer.deleted", customer);
      space.remove(customer);
      return { id, object: "customer", deleted: true };
    },
  }),
  listing({
    on: "GET /v1/customers",
    kind: "customer",
    filters: { email: text(), test_clock: text() },
    where: ({ email, test_clock }) => [
      ...(email === undefined ? [] : [{ at: "email", is: email }]),
      test_clock === undefined ? { at: "test_clock", is: null } : { at: "test_clock", is: test_clock },
    ],
  }),
  searching("GET /v1/customers/search", "customer", ["created", "email", "name", "phone"]),
  operation({
    on: "POST /v1/customers/{id}/balance_transactions",
    params: {
      amount: must(integer()),
      currency: must(currencyCode()),
      description: clearable(text(350)),
      metadata: metadata(),
    },
    async run({ space, params, id }) {
      const customer = await space.get("customer", id);
      const moved = moveBalance(space, customer, {
        amount: params.amount,
        currency: params.currency,
        type: "adjustment",
        description: params.description ?? null,
        metadata: mergeMetadata(null, params.metadata),
      });
      space.announceChange("customer.updated", customer);
      return moved;
    },
  }),
  operation({
    on: "GET /v1/customers/{customer}/balance_transactions/{id}",
    run: ({ space, id }) => space.get("customer_balance_transaction", id),
  }),
  operation({
    on: "POST /v1/customers/{customer}/balance_transactions/{id}",
    params: { description: clearable(text(350)), metadata: metadata() },
    async run({ space, params, id }) {
      const moved = await space.get("customer_balance_transaction", id);
      if (params.description !== undefined) moved.description = params.description;
      moved.metadata = mergeMetadata(moved.metadata, params.metadata);
      return moved;
    },
  }),
  listing({
    on: "GET /v1/customers/{id}/balance_transactions",
    kind: "customer_balance_transaction",
    filters: { invoice: text() },
    where: ({ invoice }, { id = "" }) => [
      { at: "customer", is: id },
      ...(invoice === undefined ? [] : [{ at: "invoice", is: invoice }]),
    ],
  }),
  operation({
    on: "DELETE /v1/customers/{id}/discount",
    async run({ space, id }) {
      const customer = await space.get("customer", id);
      const { discount } = customer;
      if (!discount) throw notThere("discount", id);
      customer.discount = null;
      space.announce("customer.discount.deleted", discount);
      return { ...discount, deleted: true };
    },
  }),
];

type Change = Partial<Read<typeof updated>>;

/** The method that comes along may be named as the default: it is the same one, though a test name makes others. */
async function begin(
  space: Space,
  customer: Kinds["customer"],
  params: Partial<Read<typeof created>>,
  method: Kinds["payment_method"] | undefined,
): Promise<void> {
  const { invoice_settings: settings } = params;
  if (!method || settings?.default_payment_method !== params.payment_method) return change(space, customer, params);
  await change(space, customer, { ...params, invoice_settings: { ...settings, default_payment_method: undefined } });
  customer.invoice_settings.default_payment_method = method.id;
}

async function change(space: Space, customer: Kinds["customer"], params: Change): Promise<void> {
  const settings = params.invoice_settings;
  if (settings?.default_payment_method) await judgeMethod(space, customer, settings.default_payment_method);
  if (settings) {
    const { invoice_settings: kept } = customer;
    if (settings.default_payment_method !== undefined) kept.default_payment_method = settings.default_payment_method;
    if (settings.footer !== undefined) kept.footer = settings.footer;
    if (settings.custom_fields !== undefined) kept.custom_fields = settings.custom_fields;
  }
  for (const key of ["description", "email", "name", "phone"] as const) {
    const value = params[key];
    if (value !== undefined) customer[key] = value;
  }
  if (params.source !== undefined) customer.default_source = await takeSource(space, customer, params.source);
  if (params.default_source !== undefined) {
    const method = await space.find("payment_method", params.default_source);
    if (method?.customer !== customer.id) throw noSuch("source", params.default_source, "default_source");
    customer.default_source = method.id;
  }
  if (params.address !== undefined) customer.address = params.address && addressOf(params.address);
  if (params.shipping !== undefined) customer.shipping = params.shipping && shippingOf(params.shipping);
  if (params.tax_exempt !== undefined) customer.tax_exempt = params.tax_exempt ?? "none";
  if (params.preferred_locales) customer.preferred_locales = params.preferred_locales;
  if (params.invoice_prefix !== undefined) customer.invoice_prefix = params.invoice_prefix;
  if (params.next_invoice_sequence !== undefined) customer.next_invoice_sequence = params.next_invoice_sequence;
  customer.metadata = mergeMetadata(customer.metadata, params.metadata);
  if (params.balance !== undefined && params.balance !== customer.balance) {
    const [amount, currency] = [params.balance - customer.balance, customer.currency ?? "usd"];
    moveBalance(space, customer, { amount, currency, type: "adjustment", description: null, metadata: {} });
  }
}

/** An old way to leave a card: what the token stands for is kept, and is what pays. */
async function takeSource(space: Space, customer: Kinds["customer"], token: string): Promise<string> {
  const method = await createMethod(space, { type: "card", card: { token } });
  return (await attachToCustomer(space, method.id, customer, "source")).id;
}

/** The default must be attached to this customer already. */
async function judgeMethod(space: Space, customer: Kinds["customer"], id: string): Promise<void> {
  const method = await space.find("payment_method", id);
  if (method?.customer === customer.id) return;
  throw noSuch("PaymentMethod", id, "invoice_settings[default_payment_method]");
}
