import { and, asc, eq } from "drizzle-orm";
import { db } from "@/lib/db/client";
import { outbox } from "@/lib/db/schema";
import type { SocketEffect } from "@/lib/outbox/enqueue";
import { every, type Loop } from "./every";
import { type From, tail, writtenSince } from "./horizon";

const POLL_MS = 1_000;

/** Every web process hands on the socket effects that committed since it last looked. */
export async function startSocketEffects(deliver: (effect: SocketEffect) => void): Promise<Loop> {
  const look = await tail(writtenFrom, ({ payload }) => deliver(payload as SocketEffect)); // `enqueueSocket` is the only writer of this kind
  return every("socket-effects", POLL_MS, look);
}

const writtenFrom = (from: From) =>
  db()
    .select({ id: outbox.id, transactionId: outbox.transactionId, payload: outbox.payload })
    .from(outbox)
    .where(and(eq(outbox.kind, "socket"), writtenSince(from, outbox.transactionId, outbox.createdAt)))
    .orderBy(asc(outbox.transactionId), asc(outbox.id));
