"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/http/action";
import { replayEvent } from "@/lib/stripe-events/replay";
import { ReplayEvent } from "@/lib/stripe-events/schema";

export const replayAction = action(ReplayEvent, async (ctx, input) => {
  await replayEvent(ctx, input);
  revalidatePath("/admin/inbox");
  revalidatePath("/admin/payments", "layout");
});
