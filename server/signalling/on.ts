import { businessNow } from "@/lib/clock";
import type { Ctx, RoomActor } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { newId } from "@/lib/ids";
import { parseInput } from "@/lib/input";
import { accountOf } from "@/lib/meetings/who";
import type { Ack } from "@/lib/protocol/ack";
import { type RoomCallName, type RoomInput, type RoomOutput, roomCalls } from "@/lib/protocol/rooms";
import { metrics } from "../metrics";
import { addressOf } from "./admit";
import { type Buckets, takeEvent, takeOfAccount } from "./buckets";
import type { Line } from "./channels";
import { socketError } from "./refused";

export type Answer<K extends RoomCallName> = (
  line: Line,
  input: RoomInput<K>,
) => RoomOutput<K> | Promise<RoomOutput<K>>;

export type Ears = { line: Line; buckets: Buckets; heard(): void };
type Untyped = { on(name: string, listener: (...said: unknown[]) => void): void };

/**
 * Listens for one event: counts it, parses it, answers it with what the handshake proved, and never throws. Who sends
 * no acknowledgement hears a refusal as `error`.
 */
export function on<K extends RoomCallName>({ line, buckets, heard }: Ears, name: K, answer: Answer<K>): void {
  const { input: schema } = roomCalls[name];
  const answered = metrics().answersTo(name);

  const accept = (ack: unknown, data: RoomOutput<K>): void => {
    answered.count += 1;
    if (typeof ack === "function") ack({ ok: true, data, ts: Date.now() } satisfies Ack<RoomOutput<K>>);
  };
  const refuse = (ack: unknown, error: unknown): void => {
    const refused = socketError(error, name);
    metrics().socketEvents.inc({ event: name, outcome: refused.code });
    if (typeof ack === "function") ack({ ok: false, error: refused } satisfies Ack<RoomOutput<K>>);
    else line.emit("error", { ...refused, event: name });
  };
  const listen = (said: unknown[]): void => {
    const ack = said.at(-1);
    try {
      const nowMs = performance.now();
      takeEvent(buckets, name, nowMs);
      takeOfAccount(accountOf(line.data.actor), nowMs);
      heard();
      const input = parseInput(schema, typeof said[0] === "function" ? undefined : said[0]);
      const data = answer(line, input as RoomInput<K>); // the schema is the one of this name
      // What is only passed on is answered in the same breath.
      if (data instanceof Promise)
        data.then(
          (done) => accept(ack, done),
          (error) => refuse(ack, error),
        );
      else accept(ack, data);
    } catch (error) {
      refuse(ack, error);
    }
  };
  // The name is one of many; what comes with it is unknown until its schema read it.
  (line as Untyped).on(name, (...said) => listen(said));
}

/** The same for what a verb does: it is told who speaks. */
export function onVerb<K extends RoomCallName>(
  ears: Ears,
  name: K,
  answer: (ctx: Ctx<RoomActor>, input: RoomInput<K>) => Promise<RoomOutput<K>>,
): void {
  on(ears, name, (line, input) => answer(ctxOf(line), input));
}

/** What a verb is told of whoever speaks on a line. */
export function ctxOf(line: Line): Ctx<RoomActor> {
  const { headers } = line.handshake;
  return {
    actor: actorOn(line),
    db: db(),
    now: businessNow(),
    origin: {
      requestId: newId("req"),
      ip: addressOf(line),
      userAgent: headers["user-agent"]?.slice(0, 300) ?? null,
    },
  };
}

/** A login may act for another account meanwhile; in a room its person acts for the account that the room is of. */
function actorOn({ data: { actor, inRoomOf } }: Line): RoomActor {
  return actor.kind === "user" && inRoomOf ? { ...actor, accountId: inRoomOf } : actor;
}
