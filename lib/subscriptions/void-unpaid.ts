import { stripeRead, stripeWrite } from "@/lib/stripe/client";
import { isStripeRefused } from "@/lib/stripe/refusals";

/** Nobody pays for a period in which they get nothing. Doing it again changes nothing. */
export async function voidUnpaid(subscription: string): Promise<void> {
  const { data } = await stripeRead((stripe) => stripe.invoices.list({ subscription, status: "open", limit: 100 }));
  for (const { id } of data) {
    await stripeWrite(`invoice:${id}:ended`, (stripe, options) => stripe.invoices.voidInvoice(id, {}, options)).catch(
      (error: unknown) => {
        // It was paid or voided at this moment.
        if (!isStripeRefused(error)) throw error;
      },
    );
  }
}
