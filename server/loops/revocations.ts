import { asc } from "drizzle-orm";
import { forgetLogin } from "@/lib/auth/live-logins";
import { db } from "@/lib/db/client";
import { revocations } from "@/lib/db/schema";
import { type Id, isId } from "@/lib/ids";
import { forgetKey } from "@/lib/keys/verify";
import { every, type Loop } from "./every";
import { type From, tail, writtenSince } from "./horizon";
import { noticed } from "./noticed";

const POLL_MS = 400;

/** A key or a login ended, or may do something else than before. */
export type Notice = { kind: "key"; id: Id<"key"> } | { kind: "login"; id: Id<"login"> };

/**
 * Hears of ended keys and logins by NOTIFY, and by poll where a notice was lost.
 * What could not be carried out is tried again at the next look.
 */
export async function startRevocations(carryOut: (notice: Notice) => Promise<void>): Promise<Loop> {
  const look = await tail(writtenFrom, async ({ kind, subjectId }) => {
    if (kind === "key" && isId("key", subjectId)) {
      forgetKey(subjectId);
      await carryOut({ kind, id: subjectId });
    }
    if (kind === "login" && isId("login", subjectId)) {
      forgetLogin(subjectId);
      await carryOut({ kind, id: subjectId });
    }
  });
  return noticed(every("revocations", POLL_MS, look), "parley_revocations");
}

const writtenFrom = (from: From) =>
  db()
    .select({
      id: revocations.id,
      transactionId: revocations.transactionId,
      kind: revocations.kind,
      subjectId: revocations.subjectId,
    })
    .from(revocations)
    .where(writtenSince(from, revocations.transactionId, revocations.at))
    .orderBy(asc(revocations.transactionId), asc(revocations.id));
