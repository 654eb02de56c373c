import { type Ctx, type MemberActor, requireScope } from "@/lib/ctx";
import { AppError } from "@/lib/errors";
import { intentAnswer } from "./create-intent";
import { makeIntent } from "./make-intent";
import { readOwnPayment, refuseOtherStripe } from "./queries";
import type { FindPayment, Intent } from "./schema";

/** Takes up a payment again that was left, or that the bank wants to see its owner for. Nothing is charged by this. */
export async function resumePayment(ctx: Ctx<MemberActor>, input: FindPayment): Promise<Intent> {
  requireScope(ctx, "billing:write");
  const payment = await readOwnPayment(ctx, input);
  if (payment.state !== "open" || payment.intentId === null)
    throw new AppError("conflict", "This payment does not wait for you.", { details: { status: payment.state } });
  refuseOtherStripe(payment);
  return intentAnswer(payment, await makeIntent(ctx, payment));
}
