import { createHmac } from "node:crypto";
import { SANDBOX_ACCOUNT } from "@/lib/accounts/sandbox";
import { env } from "@/lib/env";
import type { Id } from "@/lib/ids";
import type { IceServer } from "@/lib/protocol/room-parts";
import { hours } from "@/lib/time";

const TTL_MS = hours(1);

/**
 * What one participant reaches the relay with. The name says when it ends and whose it is in a word that means nothing
 * outside; the relay checks it by the secret we share. It ends new allocations, not one that runs.
 */
export function iceServersFor(
  { accountId, participantId }: { accountId: Id<"account">; participantId: Id<"participant"> },
  atMs: number,
): { iceServers: IceServer[]; iceTtlMs: number } {
  const { TURN_URLS, TURN_SECRET } = env();
  const stun = TURN_URLS.filter((url) => /^stuns?:/.test(url));
  // Anybody may open a room to try out, and nobody a relay.
  const turn = accountId === SANDBOX_ACCOUNT ? [] : TURN_URLS.filter((url) => /^turns?:/.test(url));
  const servers: IceServer[] = stun.length > 0 ? [{ urls: stun }] : [];
  if (turn.length > 0 && TURN_SECRET) {
    const username = `${Math.floor((atMs + TTL_MS) / 1_000)}:${participantId}`;
    const credential = createHmac("sha1", TURN_SECRET).update(username).digest("base64");
    servers.push({ urls: turn, username, credential });
  }
  return { iceServers: servers, iceTtlMs: TTL_MS };
}
