import { creditsOf } from "@/lib/credits/queries";
import { type Ctx, type MemberActor, requireScope } from "@/lib/ctx";
import { AppError } from "@/lib/errors";
import { asPayment, readOwnPayment, refuseOtherStripe } from "./queries";
import type { Confirm, Confirmed, Payment } from "./schema";
import { settle } from "./settle";

/** Has Stripe asked whether the caller's payment is made, and grants what it bought. Whoever else asks at the same time grants nothing more. */
export async function confirmPayment(ctx: Ctx<MemberActor>, input: Confirm): Promise<Confirmed> {
  requireScope(ctx, "billing:write");
  const which = { paymentId: input.paymentId ?? input.paymentIntentId ?? "payment_" } as const;
  const found = await readOwnPayment(ctx, which);
  if (found.state !== "succeeded" && found.intentId !== null) {
    refuseOtherStripe(found);
    await settle(ctx, found.intentId);
  }

  const payment = asPayment(await readOwnPayment(ctx, which));
  if (payment.status !== "succeeded") throw unpaid(payment);
  const creditBalance = await creditsOf(ctx, ctx.actor.accountId);
  return { payment, creditsAdded: payment.credits + payment.bonusCredits, creditBalance };
}

function unpaid({ status, failure }: Payment): AppError {
  const details = { status };
  if (status === "processing")
    return new AppError(
      "conflict",
      "Your bank is still working on this payment. It is granted as soon as that is done.",
      {
        details,
      },
    );
  if (status === "canceled")
    return new AppError("conflict", "This payment was given up. Begin another one.", { details });
  return failure === null
    ? new AppError("payment_required", "This payment has not been made yet.", { details })
    : new AppError("card_declined", failure, { details });
}
