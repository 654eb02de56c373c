import { shipping, shippingOf } from "../customers/address";
import { currencyCode } from "../http/currency";
import { emailAddress } from "../http/email";
import { missing, noSuch, refused, StripeRefusal } from "../http/errors";
import { mergeMetadata, metadata } from "../http/metadata";
import { operation } from "../http/operation";
import { integer, must, opaque, parts, type Read, text, yesNo } from "../http/params";
import type { Kinds } from "../store/kinds";
import type { Work } from "../store/run-due";
import type { Space } from "../store/space";
import { behaviourOfKey } from "./behaviours";
import { captureCharge } from "./capture";
import { cardError } from "./card-error";
import { addCharge, bookCharge, HOLD_SECONDS } from "./charge";
import { DECLINES, type Decline } from "./declines";
import { transferForCharge } from "./destination";
import { judgeAmount } from "./intent-build";
import { createMethod } from "./method-build";
import { takeNext } from "./next-charge";
import { openDispute } from "./open-dispute";

type Charge = Kinds["charge"];
type Method = Kinds["payment_method"];

const facts = {
  ...{ amount: must(integer()), application_fee_amount: integer(), capture: yesNo(), currency: must(currencyCode()) },
  ...{ customer: text(), description: text(), metadata: metadata(), on_behalf_of: text(), radar_options: opaque() },
  ...{ receipt_email: emailAddress(), shipping: shipping(), source: text(), statement_descriptor: text(22) },
  ...{ statement_descriptor_suffix: text(22), transfer_group: text() },
  transfer_data: parts({ amount: integer(), description: text(), destination: must(text()) }),
};
type NewCharge = Read<typeof facts>;

export const newChargeOperations = [
  operation({
    // The way to charge before there were intents. It can ask nobody anything.
    on: "POST /v1/charges",
    params: facts,
    async run({ space, params }) {
      judgeAmount(params.amount, params.currency);
      const method = await payerOf(space, params);
      const behaviour = behaviourOfKey(space.inner(method).behaviour ?? "");
      const next = await takeNext(space);
      const decline =
        next.decline ??
        (behaviour?.asks ? DECLINES.authentication_required : behaviour?.decline && DECLINES[behaviour.decline]);
      const charge = chargeOf(space, params, method, decline);
      if (decline) {
        space.announce("charge.failed", charge);
        throw cardError(decline, { charge: charge.id });
      }
      if (!charge.captured) space.schedule("charge_expires", charge.id, space.now + HOLD_SECONDS);
      else bookCharge(space, charge);
      if (charge.captured) await transferForCharge(space, charge);
      space.announce("charge.succeeded", charge);
      const dispute = next.dispute ?? behaviour?.dispute;
      if (dispute && charge.captured) openDispute(space, charge, dispute);
      return charge;
    },
  }),
  operation({
    on: "POST /v1/charges/{id}/capture",
    params: {
      ...{
        amount: integer(),
        application_fee_amount: integer(),
        receipt_email: emailAddress(),
        statement_descriptor: text(),
      },
      ...{ statement_descriptor_suffix: text(), transfer_data: opaque(), transfer_group: text() },
    },
    async run({ space, params, id }) {
      const charge = await space.get("charge", id);
      if (charge.captured)
        throw refused(`Charge ${id} has already been captured.`, { code: "charge_already_captured" });
      if (charge.refunded)
        throw refused(`Charge ${id} has expired or was released.`, { code: "charge_expired_for_capture" });
      if (params.application_fee_amount !== undefined) charge.application_fee_amount = params.application_fee_amount;
      await captureCharge(space, charge, params.amount ?? charge.amount);
      return charge;
    },
  }),
];

/** Whose money it is: a token's card, or the card that is the customer's default. */
async function payerOf(space: Space, { source, customer: id }: NewCharge): Promise<Method> {
  const customer = id === undefined ? undefined : await space.find("customer", id);
  if (id !== undefined && !customer) throw noSuch("customer", id, "customer");
  if (!customer) {
    if (source === undefined) throw missing("source");
    return createMethod(space, { type: "card", card: { token: source } });
  }
  await space.follow(customer.test_clock);
  const kept = source ?? customer.default_source;
  const method = kept ? await space.find("payment_method", String(kept)) : undefined;
  if (method?.customer === customer.id) return method;
  if (source !== undefined) throw noSuch("source", source, "source");
  throw new StripeRefusal(402, {
    ...{ type: "card_error", code: "missing", param: "card" },
    message: "Cannot charge a customer that has no active card",
  });
}

function chargeOf(space: Space, params: NewCharge, method: Method, decline: Decline | undefined): Charge {
  const { transfer_data: onward } = params;
  return addCharge(
    space,
    {
      ...{
        id: null,
        amount: params.amount,
        currency: params.currency.toLowerCase(),
        customer: params.customer ?? null,
      },
      ...{ application_fee_amount: params.application_fee_amount ?? null, description: params.description ?? null },
      ...{ metadata: mergeMetadata(null, params.metadata), on_behalf_of: params.on_behalf_of ?? null },
      ...{
        receipt_email: params.receipt_email ?? null,
        shipping: params.shipping ? shippingOf(params.shipping) : null,
      },
      ...{ statement_descriptor: params.statement_descriptor ?? null, transfer_group: params.transfer_group ?? null },
      statement_descriptor_suffix: params.statement_descriptor_suffix ?? null,
      transfer_data: onward
        ? { destination: onward.destination, ...(onward.amount !== undefined && { amount: onward.amount }) }
        : null,
    },
    method,
    {
      ...{ status: decline ? "failed" : "succeeded", captured: !decline && params.capture !== false },
      ...{ authenticated: false, ...(decline && { decline }) },
    },
  );
}

export const chargeWork: Work = {
  async charge_expires(space, id) {
    const charge = await space.find("charge", id);
    if (!charge || charge.captured || charge.refunded) return;
    charge.refunded = true;
    charge.amount_refunded = charge.amount;
    space.announce("charge.expired", charge);
  },
};
