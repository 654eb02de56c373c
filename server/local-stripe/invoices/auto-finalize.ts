import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";

type Invoice = Kinds["invoice"];

export const AUTO_SECONDS = 3_600;

/** A draft that advances by itself is finalised an hour after it was made. */
export function autoFinalize(space: Space, invoice: Invoice): void {
  if (invoice.status !== "draft") return;
  invoice.automatically_finalizes_at = invoice.auto_advance ? space.now + AUTO_SECONDS : null;
  if (invoice.auto_advance) space.schedule("invoice_finalizes", invoice.id, space.now + AUTO_SECONDS);
  else space.unschedule("invoice_finalizes", invoice.id);
}
