"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { changeBillTo } from "@/lib/bill-to/change";
import { ChangeBillTo } from "@/lib/bill-to/schema";
import { action } from "@/lib/http/action";
import { payInvoice } from "@/lib/invoices/pay";
import { OneInvoice } from "@/lib/invoices/schema";
import { cancelSubscription } from "@/lib/subscriptions/cancel";
import { createSubscription } from "@/lib/subscriptions/create";
import { previewChange } from "@/lib/subscriptions/preview";
import { resumeSubscription } from "@/lib/subscriptions/resume";
import {
  CancelSubscription,
  CreateSubscription,
  PreviewChange,
  UpdateSubscription,
  WhichSubscription,
} from "@/lib/subscriptions/schema";
import { undoChange } from "@/lib/subscriptions/undo";
import { updateSubscription } from "@/lib/subscriptions/update";

/** The banner above every page says the same as this one. */
const refresh = () => revalidatePath("/", "layout");

export const beginPlanAction = action(CreateSubscription, async (ctx, input) => {
  const { subscription, confirm } = await createSubscription(ctx, input);
  refresh();
  return { confirm, title: subscription.plan.title, trialEndsAt: subscription.trialEndsAt };
});

export const previewPlanAction = action(PreviewChange, (ctx, input) => previewChange(ctx, input));

export const changePlanAction = action(UpdateSubscription, async (ctx, input) => {
  const { outcome, confirm } = await updateSubscription(ctx, input);
  refresh();
  return { outcome, confirm };
});

export const undoChangeAction = action(WhichSubscription, async (ctx, input) => {
  await undoChange(ctx, input);
  refresh();
});

export const resumePlanAction = action(WhichSubscription, async (ctx, input) => {
  const { confirm } = await resumeSubscription(ctx, input);
  refresh();
  return { confirm };
});

export const cancelPlanAction = action(CancelSubscription, async (ctx, input) => {
  await cancelSubscription(ctx, input);
  refresh();
  redirect("/dashboard/billing");
});

export const payInvoiceAction = action(OneInvoice, async (ctx, input) => {
  const { outcome, confirm } = await payInvoice(ctx, input);
  refresh();
  return { outcome, confirm };
});

export const changeBillToAction = action(ChangeBillTo, async (ctx, input) => {
  await changeBillTo(ctx, input);
  refresh();
});
