import { io, type Socket } from "socket.io-client";
import { expect, onTestFinished, vi } from "vitest";
import type { Ack } from "@/lib/protocol/ack";
import type { RoomCallName, RoomClientEvents, RoomOutput, RoomServerEvents } from "@/lib/protocol/rooms";

export type Heard = { name: string; body: Record<string, unknown> };

/** A browser's line to a server, and everything that it hears. */
export type RoomLine = {
  socket: Socket<RoomServerEvents, RoomClientEvents>;
  heard: Heard[];
  of(name: string): Record<string, unknown>[];
  /** Asks and hands back what is answered, refusals included. */
  ask<K extends RoomCallName>(name: K, body: unknown): Promise<Ack<RoomOutput<K>>>;
  /** The same where a refusal would be a fault of the test. */
  get<K extends RoomCallName>(name: K, body: unknown): Promise<RoomOutput<K>>;
};

type Opening = { auth?: Record<string, unknown>; headers?: Record<string, string>; reconnects?: boolean };

export async function openLine(
  url: string,
  { auth = {}, headers = {}, reconnects = false }: Opening,
): Promise<RoomLine> {
  const socket: Socket<RoomServerEvents, RoomClientEvents> = io(url, {
    auth,
    extraHeaders: headers,
    transports: ["websocket"],
    forceNew: true,
    reconnection: reconnects,
    reconnectionDelay: 10,
  });
  onTestFinished(() => void socket.disconnect());
  const heard: Heard[] = [];
  socket.onAny((name: string, body: Record<string, unknown>) => heard.push({ name, body }));
  socket.on("disconnect", () => heard.push({ name: "disconnect", body: {} }));
  await new Promise<void>((open, refused) => {
    socket.once("connect", open);
    socket.once("connect_error", refused);
  });
  const ask = <K extends RoomCallName>(name: K, body: unknown) =>
    new Promise<Ack<RoomOutput<K>>>((answered) => {
      // A test may say whatever it likes; the types are for those who mean well.
      (socket as unknown as { emit(name: string, body: unknown, ack: typeof answered): void }).emit(
        name,
        body,
        answered,
      );
    });
  return {
    socket,
    heard,
    of: (name) => heard.filter((one) => one.name === name).map(({ body }) => body),
    ask,
    get: async (name, body) => {
      const answer = await ask(name, body);
      if (!answer.ok) throw new Error(`${name} was refused: ${JSON.stringify(answer.error)}`);
      return answer.data;
    },
  };
}

export const until = (check: () => void | Promise<void>): Promise<void> =>
  vi.waitFor(check, { timeout: 10_000, interval: 10 });

/** Waits until a line heard so many of an event, and hands back the last. */
export async function heardBy(line: RoomLine, name: string, count = 1): Promise<Record<string, unknown>> {
  await until(() => expect(line.of(name).length).toBeGreaterThanOrEqual(count));
  return line.of(name)[count - 1] ?? {};
}
