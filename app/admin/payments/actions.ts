"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/http/action";
import { idSchema } from "@/lib/input";
import { refundPayment } from "@/lib/payments/refund";
import { RefundPayment } from "@/lib/payments/schema";

const PayBack = RefundPayment.extend({ paymentId: idSchema("payment"), attempt: z.string().min(8).max(80) });

/** One opening of the dialog is one refund, however often its button is pressed. */
export const refundAction = action(PayBack, async (ctx, { attempt, ...asked }) => {
  const { status, money, credits, bonusCredits } = await refundPayment(ctx, { ...asked, idempotencyKey: attempt });
  revalidatePath("/admin/payments", "layout");
  return { status, micros: money.micros, credits, bonusCredits };
});
