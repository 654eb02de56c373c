"use server";

import { revalidatePath } from "next/cache";
import { publicAction } from "@/lib/http/action";
import { MoveClock } from "@/lib/time-machine/schema";
import { travel } from "@/lib/time-machine/travel";

export const moveClockAction = publicAction(MoveClock, async (ctx, input) => {
  const { moving } = await travel(ctx, input);
  revalidatePath("/local/time");
  return { moving };
});
