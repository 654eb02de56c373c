"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/http/action";
import { createKey } from "@/lib/keys/create";
import { regenerateKey } from "@/lib/keys/regenerate";
import { revokeKey } from "@/lib/keys/revoke";
import { CreateKey, KeyRef, RegenerateKey, UpdateKey } from "@/lib/keys/schema";
import { updateKey } from "@/lib/keys/update";

const PAGE = "/dashboard/keys";

export const createKeyAction = action(CreateKey, async (ctx, input) => {
  const { name, apiKey } = await createKey(ctx, input);
  revalidatePath(PAGE);
  return { name, key: apiKey.key };
});

export const updateKeyAction = action(UpdateKey, async (ctx, input) => {
  await updateKey(ctx, input);
  revalidatePath(PAGE);
});

export const revokeKeyAction = action(KeyRef, async (ctx, input) => {
  await revokeKey(ctx, input);
  revalidatePath(PAGE);
});

export const regenerateKeyAction = action(RegenerateKey, async (ctx, input) => {
  const { name, apiKey } = await regenerateKey(ctx, input);
  revalidatePath(PAGE);
  return { name, key: apiKey.key };
});
