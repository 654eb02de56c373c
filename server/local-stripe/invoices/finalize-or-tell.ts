import { StripeRefusal } from "../http/errors";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { finalizeInvoice } from "./finalize";

type Invoice = Kinds["invoice"];

/** Finalises, or says why not: the draft stays one, and carries its error. */
export async function finalizeOrTell(space: Space, invoice: Invoice): Promise<StripeRefusal | undefined> {
  try {
    await finalizeInvoice(space, invoice);
    return undefined;
  } catch (error) {
    const known =
      error instanceof StripeRefusal &&
      invoice.status === "draft" &&
      error.body.code !== "invoice_no_customer_line_items";
    if (!known) throw error;
    const { code = "api_error", message, doc_url } = error.body;
    invoice.last_finalization_error = {
      code: code as NonNullable<Invoice["last_finalization_error"]>["code"] & string, // one of Stripe's own codes
      ...(doc_url !== undefined && { doc_url }),
      ...{ message, type: "invalid_request_error" },
    };
    space.announce("invoice.finalization_failed", invoice);
    return new StripeRefusal(error.status, error.body, { effects: "kept" });
  }
}
