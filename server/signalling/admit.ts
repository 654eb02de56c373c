import { authenticateSocket } from "@/lib/auth/socket";
import type { RoomActor } from "@/lib/ctx";
import { STATUS, toRefusal } from "@/lib/errors";
import { INTERNAL } from "@/lib/http/headers";
import { anonymousLimit, networkOf, takeTurn } from "@/lib/limits";
import type { Line } from "./channels";
import { nameOf, requireNoFlood } from "./flood";
import { openTurnstile } from "./turnstile";

/** One user, or whoever came by one pass to a room. */
const MOST_PER_PERSON = 20;
/** Everybody in the rooms of an account may come by one and the same key. */
const MOST_PER_KEY = 5_000;
/** A whole office may come from one address. */
const MOST_PER_NETWORK = 500;

/** Lets a socket in that proves who it is, where there is room for one more. One that proves nothing counts against its address, as a request does. */
export function doorkeeper(): (line: Line) => Promise<void> {
  const turnstile = openTurnstile();
  return async (line) => {
    const network = networkOfLine(line);
    const leaves = [turnstile.pass(network, MOST_PER_NETWORK)];
    const leaveAll = () => {
      line.conn.off("close", leaveAll);
      for (const leave of leaves) leave();
    };
    try {
      await admit(line);
      requireNoFlood(nameOf(line.data.actor, network));
      leaves.push(turnstile.pass(...shareOf(line.data.actor)));
    } catch (error) {
      leaveAll();
      if (toRefusal(error).status === STATUS.unauthenticated) takeTurn(network, anonymousLimit());
      throw error;
    }
    // Not the socket's own end, which one that is cut off on the way in never has.
    if (line.conn.readyState === "closed") return leaveAll();
    line.conn.once("close", leaveAll);
    line.once("disconnect", leaveAll);
  };
}

/** Proves again who a socket is: what it was opened with may have ended since. */
export async function admit(line: Line): Promise<void> {
  const { headers, auth } = line.handshake;
  line.data.actor = await authenticateSocket({
    auth,
    origin: headers.origin ?? null,
    cookie: headers.cookie ?? null,
  });
}

function shareOf(actor: RoomActor): [subject: string, most: number] {
  if (actor.kind === "user") return [actor.userId, MOST_PER_PERSON];
  return actor.kind === "guest" ? [actor.pass.id, MOST_PER_PERSON] : [actor.keyId, MOST_PER_KEY];
}

/** As our ingress saw it. */
export function addressOf({ handshake }: Line): string | null {
  const address = handshake.headers[INTERNAL.ip];
  return typeof address === "string" ? address : null;
}

export const networkOfLine = (line: Line): string => networkOf(addressOf(line));
