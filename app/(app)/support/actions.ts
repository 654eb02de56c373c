"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/http/action";
import { closeRequest } from "@/lib/support/close";
import { openRequest } from "@/lib/support/open";
import { replyToRequest } from "@/lib/support/reply";
import { OpenRequest, RequestRef, WriteMessage } from "@/lib/support/schema";

const refresh = () => revalidatePath("/support", "layout");

export const openRequestAction = action(OpenRequest, async (ctx, input) => {
  const { id } = await openRequest(ctx, input);
  refresh();
  return { id };
});

export const replyAction = action(WriteMessage, async (ctx, input) => {
  await replyToRequest(ctx, input);
  refresh();
});

export const closeRequestAction = action(RequestRef, async (ctx, input) => {
  await closeRequest(ctx, input);
  refresh();
});
