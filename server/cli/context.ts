import { businessNow } from "@/lib/clock";
import type { Ctx, SystemActor } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { newId } from "@/lib/ids";

/** Whoever can run the command line holds the machine. */
export const operatorCtx = (): Ctx<SystemActor> => ({
  actor: { kind: "system", name: "command line" },
  db: db(),
  now: businessNow(),
  origin: { requestId: newId("req"), ip: null, userAgent: null },
});
