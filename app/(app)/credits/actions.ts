"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { PackageId } from "@/lib/credits/schema";
import { action } from "@/lib/http/action";
import { idSchema } from "@/lib/input";
import { confirmPayment } from "@/lib/payments/confirm";
import { createIntent } from "@/lib/payments/create-intent";
import { getReceiptOf } from "@/lib/payments/queries";
import { stripeInBrowser } from "@/lib/stripe/browser";

const Begin = z.strictObject({ packageId: PackageId, attempt: z.string().min(8).max(80) });
const Finish = z.strictObject({ paymentId: idSchema("payment") });

/** One attempt at one package is one payment, however often the button is pressed. */
export const beginPurchaseAction = action(Begin, async (ctx, { packageId, attempt }) => {
  const { paymentId, clientSecret } = await createIntent(ctx, { packageId, idempotencyKey: `${attempt}:${packageId}` });
  return { paymentId, clientSecret, stripe: stripeInBrowser() };
});

export const finishPurchaseAction = action(Finish, async (ctx, { paymentId }) => {
  const { creditsAdded, creditBalance } = await confirmPayment(ctx, { paymentId });
  revalidatePath("/", "layout");
  return { credits: creditsAdded, balance: creditBalance, receiptId: await getReceiptOf(ctx, { paymentId }) };
});
