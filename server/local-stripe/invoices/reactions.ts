import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { unpaid } from "./collect";
import { receive } from "./receive";

type Intent = Kinds["payment_intent"];

const invoiceOf = async (space: Space, intent: Intent): Promise<Kinds["invoice"] | undefined> => {
  const { invoice } = space.inner(intent);
  return invoice === undefined ? undefined : space.find("invoice", invoice);
};

export async function invoiceIntentSucceeded(space: Space, intent: Intent): Promise<void> {
  const invoice = await invoiceOf(space, intent);
  if (invoice && invoice.status !== "paid") await receive(space, invoice, intent);
}

/** An invoice tries again with its own intent only; another that was attached to it may fail by itself. */
export async function invoiceIntentFailed(space: Space, intent: Intent): Promise<void> {
  const invoice = await invoiceOf(space, intent);
  if (invoice?.status === "open" && space.inner(invoice).intent === intent.id)
    await unpaid(space, invoice, intent.last_payment_error?.decline_code);
}
