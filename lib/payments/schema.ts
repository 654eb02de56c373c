import { z } from "zod";
import { Money, PackageId } from "@/lib/credits/schema";
import { from, idSchema, Page, until, words } from "@/lib/input";

const count = z.number().int();
const INTENT = "pi_3QyR8bLkdIwHu7ix0aBcDeFg";
const IntentId = z
  .string()
  .regex(/^pi_\w{1,80}$/, "This is not a payment intent's id.")
  .meta({ examples: [INTENT] });

export const CreateIntent = z
  .strictObject({
    packageId: PackageId.optional().meta({ examples: [2] }),
    topUp: z
      .string()
      .regex(/^\d{1,6}(\.\d{1,2})?$/, 'Send an amount in dollars, such as "25.00".')
      .optional()
      .describe("Instead of a package: how much to put into the wallet, in dollars"),
  })
  .refine(({ packageId, topUp }) => (packageId === undefined) !== (topUp === undefined), {
    path: ["packageId"],
    message: "Send a packageId, or a topUp.",
  });
export type CreateIntent = z.output<typeof CreateIntent>;

/** A page that asks again for the same amount in the same attempt goes on with the payment it began. */
export const BeginTopUp = z.strictObject({ topUp: z.string().trim().max(12), attempt: idSchema("req") });
export type BeginTopUp = z.output<typeof BeginTopUp>;

export const Intent = z.object({
  paymentId: idSchema("payment"),
  paymentIntentId: IntentId,
  clientSecret: z
    .string()
    .meta({ examples: [`${INTENT}_secret_oR8x`] })
    .describe("For Stripe.js, which takes the card"),
  publishableKey: z
    .string()
    .nullable()
    .meta({ examples: ["pk_test_51Qx"] }),
  status: z
    .string()
    .meta({ examples: ["requires_payment_method"] })
    .describe("In Stripe's words"),
  amount: z
    .number()
    .meta({ examples: [24.99] })
    .describe("In dollars"),
  currency: z.literal("usd"),
  money: Money,
  credits: count.describe("How many it brings, with the bonus").meta({ examples: [160] }),
});
export type Intent = z.output<typeof Intent>;

export const Confirm = z
  .strictObject({ paymentIntentId: IntentId.optional(), paymentId: idSchema("payment").optional() })
  .refine(({ paymentIntentId, paymentId }) => (paymentIntentId === undefined) !== (paymentId === undefined), {
    path: ["paymentIntentId"],
    message: "Send a paymentIntentId, or a paymentId.",
  });
export type Confirm = z.output<typeof Confirm>;

export const PAYMENT_STATES = ["new", "unknown", "open", "processing", "succeeded", "canceled", "refused"] as const;
const PURPOSES = ["credits", "wallet"] as const;

export const Payment = z.object({
  id: idSchema("payment"),
  paymentIntentId: IntentId.nullable(),
  status: z
    .enum(PAYMENT_STATES)
    .meta({ examples: ["succeeded"] })
    .describe("`new` and `unknown` are being looked up at Stripe; `open` waits to be paid"),
  purpose: z.enum(PURPOSES),
  packageId: z
    .number()
    .int()
    .nullable()
    .meta({ examples: [2] }),
  title: z.string().meta({ examples: ["Pro package"] }),
  credits: count.meta({ examples: [150] }),
  bonusCredits: count.meta({ examples: [10] }),
  amount: z
    .number()
    .meta({ examples: [24.99] })
    .describe("In dollars"),
  money: Money,
  refunded: Money,
  card: z.object({ brand: z.string(), last4: z.string() }).nullable(),
  failure: z.string().nullable().describe("Why the last try failed"),
  createdAt: z.date(),
  settledAt: z.date().nullable(),
});
export type Payment = z.output<typeof Payment>;

export const REFUND_STATES = ["new", "unknown", "pending", "succeeded", "failed", "refused"] as const;

export const Refund = z.object({
  id: idSchema("refund"),
  status: z.enum(REFUND_STATES).meta({ examples: ["succeeded"] }),
  amount: z
    .number()
    .meta({ examples: [5] })
    .describe("In dollars"),
  money: Money.meta({ examples: [{ amount: "5.00", currency: "usd", micros: 5_000_000 }] }),
  credits: count.meta({ examples: [31] }).describe("Bought credits that it took"),
  bonusCredits: count.meta({ examples: [10] }).describe("Bonus credits that it took, which go first"),
  reason: z.string().meta({ examples: ["requested_by_customer"] }),
  createdAt: z.date(),
});
export type Refund = z.output<typeof Refund>;

export const Dispute = z.object({
  id: idSchema("dispute"),
  status: z.enum(["inquiry", "open", "won", "lost", "closed"]),
  amount: z
    .number()
    .meta({ examples: [24.99] })
    .describe("In dollars"),
  money: Money,
  reason: z.string().meta({ examples: ["fraudulent"] }),
  owed: count.describe("What was used before it could be taken back: credits, or micros of a wallet"),
  dueAt: z.date().nullable().describe("By when the bank wants evidence"),
  createdAt: z.date(),
});
export type Dispute = z.output<typeof Dispute>;

export const PaymentDetail = Payment.extend({
  refundable: Money.describe("What of it may still be paid back: what is unspent, at the price that was paid"),
  refunds: z.array(Refund),
  disputes: z.array(Dispute),
});
export type PaymentDetail = z.output<typeof PaymentDetail>;

export const RefundPayment = z.strictObject({
  amount: z
    .string()
    .regex(/^\d{1,6}(\.\d{1,2})?$/, 'Send an amount in dollars, such as "5.00".')
    .optional()
    .describe("Left out, all that may be paid back"),
  reason: z.enum(["requested_by_customer", "duplicate", "fraudulent"]).default("requested_by_customer"),
});
export type RefundPayment = z.output<typeof RefundPayment>;

export const Confirmed = z.object({
  payment: Payment,
  creditsAdded: count.meta({ examples: [160] }),
  creditBalance: count.meta({ examples: [170] }),
});
export type Confirmed = z.output<typeof Confirmed>;

const size = (what: string) =>
  z
    .string()
    .regex(/^\d{1,9}(\.\d{1,2})?$/, "Send an amount in dollars.")
    .optional()
    .describe(what);

export const ListPayments = Page.extend({
  cursor: idSchema("payment").optional(),
  status: z.enum(PAYMENT_STATES).optional(),
  purpose: z.enum(PURPOSES).optional(),
  from: from.optional().describe("The first day, or an instant"),
  to: until.optional().describe("The last day, or the instant before which it ends"),
  minAmount: size("The least amount, in dollars"),
  maxAmount: size("The greatest amount, in dollars"),
  text: words.optional().describe("Words of the title, an id, or the last digits of the card"),
});
export type ListPayments = z.output<typeof ListPayments>;
export const PaymentPage = z.object({ payments: z.array(Payment), nextCursor: z.string().nullable() });
export type PaymentPage = z.output<typeof PaymentPage>;

export const FindPayment = z.strictObject({
  paymentId: z.union([idSchema("payment"), IntentId], "This is not a payment's id."),
});
export type FindPayment = z.output<typeof FindPayment>;

export const RefundByBody = FindPayment.extend(RefundPayment.shape);
