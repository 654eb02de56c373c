import {
  checkoutIntentFailed,
  checkoutIntentProcessing,
  checkoutIntentSucceeded,
  checkoutSetupSucceeded,
} from "./checkout/complete";
import { invoiceIntentFailed, invoiceIntentSucceeded } from "./invoices/reactions";
import type { Reactions } from "./store/reactions";
import {
  subscriptionInvoiceEnded,
  subscriptionInvoicePaid,
  subscriptionInvoiceUnpaid,
  subscriptionSetupSucceeded,
} from "./subscriptions/reactions";

/** Who hears what. */
export const reactions: Reactions = {
  async intentSucceeded(space, intent) {
    await invoiceIntentSucceeded(space, intent);
    await checkoutIntentSucceeded(space, intent);
  },
  async intentFailed(space, intent) {
    await invoiceIntentFailed(space, intent);
    await checkoutIntentFailed(space, intent);
  },
  intentProcessing: checkoutIntentProcessing,
  async setupSucceeded(space, setup) {
    await subscriptionSetupSucceeded(space, setup);
    await checkoutSetupSucceeded(space, setup);
  },
  invoicePaid: subscriptionInvoicePaid,
  invoiceUnpaid: subscriptionInvoiceUnpaid,
  invoiceEnded: subscriptionInvoiceEnded,
};
