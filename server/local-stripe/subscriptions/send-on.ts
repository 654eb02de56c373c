import { judgeDestination, judgeFeePercent } from "../invoices/onward";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";

type Sent = {
  application_fee_percent?: number | null | undefined;
  on_behalf_of?: string | undefined;
  transfer_data?: { destination: string; amount_percent?: number | undefined } | null | undefined;
};

/** To whom a subscription's money goes on, and what part of it the platform keeps. */
export async function sendOn(space: Space, subscription: Kinds["subscription"], asked: Sent): Promise<void> {
  const { transfer_data: sent, application_fee_percent: percent, on_behalf_of: behalf } = asked;
  await judgeDestination(space, sent?.destination);
  if (sent !== undefined)
    subscription.transfer_data = sent && {
      destination: sent.destination,
      amount_percent: sent.amount_percent ?? null,
    };
  judgeFeePercent(space, percent, subscription.transfer_data);
  if (percent !== undefined) subscription.application_fee_percent = percent;
  if (behalf !== undefined) subscription.on_behalf_of = behalf;
}
