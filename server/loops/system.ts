import { businessNow } from "@/lib/clock";
import type { Ctx, SystemActor } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { newId } from "@/lib/ids";

/** Work that nobody asked for, done by the house itself. */
export const systemCtx = (name: string): Ctx<SystemActor> => ({
  actor: { kind: "system", name },
  db: db(),
  now: businessNow(),
  origin: { requestId: newId("req"), ip: null, userAgent: null },
});
