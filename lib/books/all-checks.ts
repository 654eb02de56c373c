import type { Check } from "./check";
import { chainChecks } from "./checks/chain";
import { disputeChecks } from "./checks/disputes";
import { eventChecks } from "./checks/events";
import { holdChecks } from "./checks/holds";
import { invoiceChecks } from "./checks/invoices";
import { lotChecks } from "./checks/lots";
import { paymentChecks } from "./checks/payments";
import { potChecks } from "./checks/pots";
import { transferChecks } from "./checks/transfers";

/** Every promise that the books keep, in the order in which they are read. A noun with promises of its own adds them here. */
export const allChecks: readonly Check[] = [
  ...transferChecks,
  ...potChecks,
  ...lotChecks,
  ...holdChecks,
  ...paymentChecks,
  ...disputeChecks,
  ...invoiceChecks,
  ...eventChecks,
  ...chainChecks,
];
