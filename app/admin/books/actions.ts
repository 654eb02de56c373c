"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { verifyBooks } from "@/lib/books/verify";
import { action } from "@/lib/http/action";

export const verifyBooksAction = action(z.strictObject({}), async (ctx) => {
  const { violations } = await verifyBooks(ctx);
  revalidatePath("/admin/books");
  return { violations };
});
