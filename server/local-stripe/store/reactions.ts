import type { Kinds } from "./kinds";
import type { Space } from "./space";

type Intent = Kinds["payment_intent"];
type Invoice = Kinds["invoice"];

/**
 * What one family of objects does when another's state moves. Payments know
 * nothing of invoices, nor invoices of subscriptions: they say what happened here.
 */
export type Reactions = {
  intentSucceeded(space: Space, intent: Intent): Promise<void>;
  intentFailed(space: Space, intent: Intent): Promise<void>;
  intentProcessing(space: Space, intent: Intent): Promise<void>;
  setupSucceeded(space: Space, intent: Kinds["setup_intent"]): Promise<void>;
  invoicePaid(space: Space, invoice: Invoice): Promise<void>;
  invoiceUnpaid(space: Space, invoice: Invoice): Promise<void>;
  invoiceEnded(space: Space, invoice: Invoice): Promise<void>;
};
