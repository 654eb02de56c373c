"use server";

import { revalidatePath } from "next/cache";
import { beginCard } from "@/lib/cards/begin";
import { keepCard } from "@/lib/cards/keep";
import { removeCard } from "@/lib/cards/remove";
import { KeepCard, OneCard } from "@/lib/cards/schema";
import { action } from "@/lib/http/action";
import { chargeBy } from "@/lib/invoices/charge-by";
import { NoInput } from "@/lib/logins/schema";
import { formatMoney, micros } from "@/lib/money";
import { confirmPayment } from "@/lib/payments/confirm";
import { createIntent } from "@/lib/payments/create-intent";
import { resumePayment } from "@/lib/payments/resume";
import { BeginTopUp, Confirm, FindPayment, type Intent } from "@/lib/payments/schema";
import { changeAutoTopUp } from "@/lib/wallet/change-auto-top-up";
import { setLimits } from "@/lib/wallet/change-limits";
import { coolOff } from "@/lib/wallet/cool-off";
import { ChangeAutoTopUp, ChangeLimits, CoolOff } from "@/lib/wallet/schema";

/** Cards are shown here and beside the plans, and what is overdue above every page. */
const refresh = () => revalidatePath("/", "layout");

/** What the form that takes the payment has to know. */
const toTake = ({ paymentId, clientSecret, status, money }: Intent) => ({
  ...{ paymentId, clientSecret, status },
  amount: formatMoney(micros(money.micros)),
});

export const beginTopUpAction = action(BeginTopUp, async (ctx, { topUp, attempt }) =>
  toTake(await createIntent(ctx, { topUp, idempotencyKey: `wallet:${attempt}:${topUp}` })),
);

export const resumePaymentAction = action(FindPayment, async (ctx, input) => toTake(await resumePayment(ctx, input)));

export const confirmPaymentAction = action(Confirm, async (ctx, input) => {
  const { payment } = await confirmPayment(ctx, input);
  refresh();
  return { amount: formatMoney(micros(payment.money.micros)) };
});

export const beginCardAction = action(NoInput, async (ctx) => {
  const { clientSecret, setupIntentId } = await beginCard(ctx);
  return { clientSecret, setupIntentId };
});

export const keepCardAction = action(KeepCard, async (ctx, input) => {
  await keepCard(ctx, input);
  refresh();
});

export const makeDefaultAction = action(OneCard, async (ctx, input) => {
  await chargeBy(ctx, input);
  refresh();
});

export const removeCardAction = action(OneCard, async (ctx, input) => {
  await removeCard(ctx, input);
  refresh();
});

export const changeAutoTopUpAction = action(ChangeAutoTopUp, async (ctx, input) => {
  await changeAutoTopUp(ctx, input);
  refresh();
});

export const setLimitsAction = action(ChangeLimits, async (ctx, input) => {
  const { limits } = await setLimits(ctx, input);
  refresh();
  return { waits: limits.next !== null };
});

export const coolOffAction = action(CoolOff, async (ctx, input) => {
  await coolOff(ctx, input);
  refresh();
});
