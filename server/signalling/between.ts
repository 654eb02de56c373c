import { createClient } from "@redis/client";
import { createAdapter } from "@socket.io/redis-streams-adapter";
import type { ServerOptions } from "socket.io";
import { env } from "@/lib/env";
import { log } from "@/lib/log";

export type Between = { adapter: NonNullable<ServerOptions["adapter"]>; close(): Promise<void> };

const MOST_KEPT = 10_000;

/** What carries offers and candidates from one process to another. One process alone needs nothing. */
export async function between(): Promise<Between | undefined> {
  const { REDIS_URL } = env();
  if (!REDIS_URL) return undefined;
  const redis = createClient({ url: REDIS_URL });
  let isDown = false;
  redis.on("error", (error) => {
    if (!isDown) log().error({ err: error }, "Redis is out of reach; people on two processes do not hear each other");
    isDown = true;
  });
  redis.on("ready", () => {
    isDown = false;
  });
  await redis.connect();
  return { adapter: createAdapter(redis, { maxLen: MOST_KEPT }), close: async () => redis.destroy() };
}
