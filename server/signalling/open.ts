import type { Server as HttpServer } from "node:http";
import { Server, type ServerOptions } from "socket.io";
import { toRefusal } from "@/lib/errors";
import { log } from "@/lib/log";
import { dropLine, leaveRoom } from "@/lib/meetings/leave";
import type { SocketEffect } from "@/lib/outbox/enqueue";
import { LIMITS } from "@/lib/protocol/limits";
import { seconds } from "@/lib/time";
import { metrics } from "../metrics";
import { admit, doorkeeper, networkOfLine } from "./admit";
import { between } from "./between";
import type { Buckets } from "./buckets";
import { accountRoom, channelsOf, type Line, type Signalling } from "./channels";
import { guardAgainstFloods, nameOf } from "./flood";
import { ctxOf } from "./on";
import { serveRelay } from "./relay";
import { serveRooms } from "./rooms";
import { createSeats, type Seats } from "./seats";
import { serveTalk } from "./talk";

export type Opened = {
  io: Signalling;
  seats: Seats;
  /** Once the lines are closed: whatever they left is written down. */
  settle(): Promise<void>;
};

const SETTINGS = {
  path: "/socket.io/",
  transports: ["websocket", "polling"],
  maxHttpBufferSize: LIMITS.messageBytes,
  pingInterval: seconds(10),
  pingTimeout: seconds(5),
  // A line over which nobody says who they are does not stay.
  connectTimeout: seconds(10),
  serveClient: false,
  perMessageDeflate: false,
  // Any page may knock. Who it is decides whether it comes in: a key by the origins it lists, a login by ours.
  cors: { origin: true },
} satisfies Partial<ServerOptions>;

/** Sockets over an HTTP server that is not listening yet. Nobody is connected before they said who they are. */
export async function openSignalling(http: HttpServer): Promise<Opened> {
  const others = await between();
  const io: Signalling = new Server(http, { ...SETTINGS, ...(others && { adapter: others.adapter }) });
  const seats = createSeats();
  const settling = new Set<Promise<void>>();

  const enter = doorkeeper();
  io.use((line, next) => {
    enter(line).then(
      () => next(),
      (error) => next(refusal(error)),
    );
  });
  io.on("connection", (line) => {
    metrics().sockets.inc();
    settle(line).catch(() => line.disconnect(true));
    const isHeard = serve(line, seats, io);
    line.conn.on("heartbeat", isHeard);
    line.on("disconnect", (reason) => {
      metrics().sockets.dec();
      line.conn.off("heartbeat", isHeard);
      const gone = letGo(line, seats, reason).finally(() => settling.delete(gone));
      settling.add(gone);
    });
  });
  return {
    io,
    seats,
    settle: async () => {
      await Promise.all(settling);
      await others?.close();
    },
  };
}

function serve(line: Line, seats: Seats, io: Signalling): () => void {
  const buckets: Buckets = new Map();
  const heard = () => {
    const seat = seats.of(line);
    if (seat) seat.isHeard = true;
  };
  guardAgainstFloods(line, buckets, () => {
    const seat = seats.of(line);
    const message = "Too much was sent on this line.";
    if (seat) line.emit("kicked", { roomId: seat.place.roomId, reason: "flood", message });
    return nameOf(line.data.actor, networkOfLine(line));
  });
  const ears = { line, buckets, heard };
  serveRooms(ears, seats);
  serveRelay(ears, seats, io);
  serveTalk(ears, seats);
  return heard;
}

/** A line that was closed on purpose, by either side, gives its place up; one that broke keeps it for a while. */
async function letGo(line: Line, seats: Seats, reason: string): Promise<void> {
  const seat = seats.of(line);
  if (!seat) return;
  const ctx = ctxOf(line);
  seats.remove(seat);
  const isMeant = reason === "client namespace disconnect" || reason === "server namespace disconnect";
  try {
    if (isMeant) await leaveRoom(ctx, seat.place);
    else await dropLine(ctx, { ...seat.place, heardToTheEnd: reason !== "ping timeout" });
  } catch (error) {
    // Its last sign of life is written down, and the sweep goes by that.
    log().warn({ err: error }, "a line that ended could not be written down");
  }
}

/** Puts a socket where its actor belongs. */
async function settle(line: Line): Promise<void> {
  await line.join(channelsOf(line.data.actor));
  // The right may have ended after it was proved and before the socket could be found in its room.
  await admit(line);
}

function refusal(error: unknown): Error {
  const { code, message, details, retryAfterSeconds } = toRefusal(error);
  if (code === "internal") log().error({ err: error }, "socket handshake failed");
  const wait = retryAfterSeconds === undefined ? {} : { retryAfterMs: retryAfterSeconds * 1_000 };
  return Object.assign(new Error(message), { data: { code, message, ...(details && { details }), ...wait } });
}

/** Hands an effect to the open pages of its account. Every process hears of it by itself, so each tells its own. */
export const deliver =
  (io: Signalling) =>
  ({ accountId, event, body }: SocketEffect): void => {
    if (event === "account:changed")
      io.local.to(accountRoom(accountId)).emit("account:changed", { what: String(body.what) });
  };

const SPREAD_MS = seconds(5);

/** Tells everybody on this process that it goes, and each to come back at another moment. */
export function announceDrain(io: Signalling): void {
  io.local.emit("server:draining", {});
  for (const line of io.sockets.sockets.values())
    line.emit("server-shutdown", { reconnectInMs: Math.round(Math.random() * SPREAD_MS) });
}
