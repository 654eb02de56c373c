import type { Server } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { seconds } from "@/lib/time";

const PATIENCE_MS = seconds(5);

/** Notes every open connection; after an upgrade the server itself loses sight of it. */
export function openConnections(http: Server): ReadonlySet<Socket> {
  const open = new Set<Socket>();
  http.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  return open;
}

type Drain = {
  connections: ReadonlySet<Socket>;
  /** For so long new requests are still answered, so that whoever asks for our health can send them elsewhere. */
  noticeMs: number;
  cutSockets(): void;
};

/** Requests under way are answered and sockets are let go. Who does not let go of us is cut off in the end. */
export async function drain(http: Server, { connections, noticeMs, cutSockets }: Drain): Promise<void> {
  await wait(noticeMs);
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  cutSockets();
  const impatient = setTimeout(() => {
    for (const connection of connections) connection.destroy();
  }, PATIENCE_MS);
  await closed;
  clearTimeout(impatient);
}
