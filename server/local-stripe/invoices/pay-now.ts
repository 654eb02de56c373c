import { explained, refused, StripeRefusal } from "../http/errors";
import { methodNamed } from "../payments/attach";
import { throwDecline } from "../payments/intent-confirm";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { collect, methodFor } from "./collect";

type Invoice = Kinds["invoice"];

/** What `pay` does at once. A decline is thrown after it was recorded. */
export async function payNow(
  space: Space,
  invoice: Invoice,
  params: { payment_method?: string | undefined; off_session?: boolean | undefined },
): Promise<void> {
  const method =
    params.payment_method === undefined
      ? await methodFor(space, invoice)
      : await methodNamed(space, params.payment_method, "payment_method");
  if (!method) {
    throw refused(
      "There is no `default_payment_method` set on this Customer or Invoice. Please set a default payment method or pass one.",
      { code: "resource_missing" },
    );
  }
  const collected = await collect(space, invoice, { method, offSession: params.off_session ?? true });
  const intent = await space.own("payment_intent", space.inner(invoice).intent ?? "");
  if (collected === "declined") throwDecline(intent);
  if (collected !== "requires_action") return;
  throw new StripeRefusal(
    402,
    {
      ...{
        type: "card_error",
        ...explained("invoice_payment_intent_requires_action"),
        payment_intent: structuredClone(intent),
      },
      message:
        "This payment requires additional user action before it can be completed successfully. Payment can be completed using the PaymentIntent associated with the invoice.",
    },
    { effects: "kept" },
  );
}
