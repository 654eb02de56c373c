"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/http/action";
import { createEndpoint } from "@/lib/webhooks/create";
import { removeEndpoint } from "@/lib/webhooks/remove";
import { replayDelivery, replaySince } from "@/lib/webhooks/replay";
import { rotateSecret } from "@/lib/webhooks/rotate";
import {
  CreateEndpoint,
  DeliveryRef,
  EndpointRef,
  ReplaySince,
  RotateSecret,
  UpdateEndpoint,
} from "@/lib/webhooks/schema";
import { sendTest } from "@/lib/webhooks/send-test";
import { updateEndpoint } from "@/lib/webhooks/update";

const refresh = () => revalidatePath("/dashboard/webhooks", "layout");

export const createEndpointAction = action(CreateEndpoint, async (ctx, input) => {
  const { secret } = await createEndpoint(ctx, input);
  refresh();
  return { secret };
});

export const updateEndpointAction = action(UpdateEndpoint, async (ctx, input) => {
  await updateEndpoint(ctx, input);
  refresh();
});

export const removeEndpointAction = action(EndpointRef, async (ctx, input) => {
  await removeEndpoint(ctx, input);
  revalidatePath("/dashboard/webhooks");
});

export const rotateSecretAction = action(RotateSecret, async (ctx, input) => {
  const { secret } = await rotateSecret(ctx, input);
  refresh();
  return { secret };
});

export const sendTestAction = action(EndpointRef, async (ctx, input) => {
  await sendTest(ctx, input);
  refresh();
});

export const replayDeliveryAction = action(DeliveryRef, async (ctx, input) => {
  await replayDelivery(ctx, input);
  refresh();
});

export const replaySinceAction = action(ReplaySince, async (ctx, input) => {
  const { replayed } = await replaySince(ctx, input);
  refresh();
  return { replayed };
});
