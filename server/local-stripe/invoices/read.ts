import { notThere, refused, type StripeRefusal } from "../http/errors";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";

/** The invoice of a path, at the time of its clock. A preview has no path. */
export async function readInvoice(space: Space, id: string): Promise<Kinds["invoice"]> {
  if (id === "upcoming") throw notThere("invoice", id);
  const invoice = await space.get("invoice", id);
  await space.follow(typeof invoice.test_clock === "string" ? invoice.test_clock : null);
  return invoice;
}

export const notEditable = (): StripeRefusal =>
  refused("Finalized invoices can't be updated in this way.", { code: "invoice_not_editable" });
