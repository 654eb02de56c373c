import { eq } from "drizzle-orm";
import { type Ctx, inTx } from "@/lib/ctx";
import { payments } from "@/lib/db/schema";
import { failpoint } from "@/lib/failpoints";
import { log } from "@/lib/log";
import { toCents } from "@/lib/money";
import { type Stripe, stripeRead, stripeWrite } from "@/lib/stripe/client";
import { isStripeRefused, isStripeUnknown } from "@/lib/stripe/refusals";
import { withCustomer } from "@/lib/stripe-customers/with-customer";
import { change, lockPayment, type PaymentRow } from "./internal";

/** The intent of a payment: the one that Stripe has made for it, or the one it makes now. There is never a second. */
export async function makeIntent(ctx: Ctx, payment: PaymentRow): Promise<Stripe.PaymentIntent> {
  const { intentId } = payment;
  if (intentId !== null) return stripeRead((stripe) => stripe.paymentIntents.retrieve(intentId));
  try {
    const intent = await withCustomer(ctx, payment.accountId, (customer, again) =>
      create(payment, customer, `intent${again}`),
    );
    failpoint("payment.intent_made");
    await noteIntent(ctx, payment, intent);
    failpoint("payment.intent_recorded");
    return intent;
  } catch (error) {
    await noteTrouble(ctx, payment, error);
    throw error;
  }
}

const create = (payment: PaymentRow, customer: string, what: string): Promise<Stripe.PaymentIntent> =>
  stripeWrite(`payment:${payment.id}:${what}`, (stripe, options) =>
    stripe.paymentIntents.create(
      {
        amount: toCents(payment.price),
        currency: "usd",
        customer,
        ...payingBy(payment),
        description: payment.title,
        metadata: { payment: payment.id, account: payment.accountId, purpose: payment.purpose },
      },
      options,
    ),
  );

/** The payer chooses a way to pay; what is charged by itself is charged at once, and takes no detour. */
const payingBy = ({ methodId }: PaymentRow): Partial<Stripe.PaymentIntentCreateParams> =>
  methodId === null
    ? { automatic_payment_methods: { enabled: true } }
    : {
        automatic_payment_methods: { enabled: true, allow_redirects: "never" },
        payment_method: methodId,
        off_session: true,
        confirm: true,
      };

/** Whoever heard of the intent first has written it down already, and perhaps that it is paid. */
const noteIntent = (ctx: Ctx, { id }: PaymentRow, intent: Stripe.PaymentIntent): Promise<void> =>
  inTx(ctx, async (ctx) => {
    const row = await lockPayment(ctx, eq(payments.id, id));
    if (row && row.intentId === null) await change(ctx, id, { intentId: intent.id });
    if (row && (row.state === "new" || row.state === "unknown" || row.state === "refused"))
      await change(ctx, id, { state: "open", failure: null });
  });

/** What did not happen may be tried again; what may have happened is looked up by the janitor. */
async function noteTrouble(ctx: Ctx, { id }: PaymentRow, error: unknown): Promise<void> {
  const state = isStripeUnknown(error) ? "unknown" : isStripeRefused(error) ? "refused" : undefined;
  if (state === "refused") log().error({ err: error, payment: id }, "stripe refused an intent of ours");
  if (!state) return;
  await inTx(ctx, async (ctx) => {
    const row = await lockPayment(ctx, eq(payments.id, id));
    // Nobody sits beside what charges by itself: another one is begun when its owner has seen to it, and this one never.
    const isOver = state === "refused" && row?.isAutomatic;
    if (row?.intentId === null) await change(ctx, id, { state, ...(isOver && { lookAt: null }) });
  });
}
