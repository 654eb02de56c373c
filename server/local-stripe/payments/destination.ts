import { makeTransfer } from "../connect/make-transfer";
import { newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { addBalanceEntry } from "./balance-entry";

/** A destination charge sends the money on, and keeps the application fee. */
export async function transferForCharge(space: Space, charge: Kinds["charge"]): Promise<void> {
  const destination = charge.transfer_data?.destination;
  if (!destination) return collectDirectly(space, charge);
  const amount = charge.transfer_data?.amount ?? charge.amount_captured;
  const transfer = await makeTransfer(space, {
    ...{ amount, currency: charge.currency, destination, source: charge, description: null, metadata: {} },
    transferGroup: charge.transfer_group ?? `group_${charge.payment_intent}`,
  });
  charge.transfer = transfer.id;
  charge.transfer_group = transfer.transfer_group;
  if (!charge.application_fee_amount) return;
  const fee = collectFee(space, charge, destination, charge.application_fee_amount);
  addBalanceEntry(space.beside(destination), {
    ...{ amount: -fee.amount, currency: charge.currency, type: "application_fee" as const },
    ...{ reporting_category: "fee" as const, source: fee.id },
  });
}

/** A charge made on a connected account has the platform's fee taken out of it already. */
function collectDirectly(space: Space, charge: Kinds["charge"]): void {
  if (space.account === space.root || !charge.application_fee_amount) return;
  collectFee(space.beside(space.root), charge, space.account, charge.application_fee_amount);
}

function collectFee(space: Space, charge: Kinds["charge"], account: string, amount: number): Kinds["application_fee"] {
  const id = newStripeId("fee");
  const entry = addBalanceEntry(space, {
    amount,
    currency: charge.currency,
    type: "application_fee",
    reporting_category: "platform_earning",
    source: id,
  });
  const fee = space.add<"application_fee">({
    ...{
      id,
      object: "application_fee",
      account,
      amount,
      amount_refunded: 0,
      application: "ca_local",
      balance_transaction: entry.id,
    },
    ...{
      charge: charge.id,
      created: space.now,
      currency: charge.currency,
      fee_source: { charge: charge.id, type: "charge" },
      livemode: false,
    },
    ...{
      originating_transaction: charge.id,
      refunded: false,
      refunds: { object: "list", data: [], has_more: false, url: `/v1/application_fees/${id}/refunds` },
    },
  });
  charge.application_fee = fee.id;
  space.announce("application_fee.created", fee);
  return fee;
}
