"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/http/action";
import { answerRequest } from "@/lib/support/answer";
import { closeAsStaff } from "@/lib/support/close";
import { RequestRef, WriteMessage } from "@/lib/support/schema";

export const answerAction = action(WriteMessage, async (ctx, input) => {
  await answerRequest(ctx, input);
  revalidatePath("/admin/support", "layout");
});

export const closeAsStaffAction = action(RequestRef, async (ctx, input) => {
  await closeAsStaff(ctx, input);
  revalidatePath("/admin/support", "layout");
});
