"use client";

import { useEffect, useState } from "react";
import type { Call } from "@/lib/rtc/call/call";
import { createCall } from "@/lib/rtc/call/live-call";
import { MultimediaError } from "@/lib/rtc/error";
import { createLocalMedia } from "@/lib/rtc/media/own-devices";
import { DoorSkeleton } from "./door/door-skeleton";
import { PreJoin } from "./door/pre-join";
import type { Way } from "./door/use-entry";
import { WaitingRoom } from "./door/waiting-room";
import type { Me, RoomBefore } from "./facts";
import { InCall } from "./in-call";
import { keep, recall } from "./keep";
import { OutcomePage } from "./outcome/outcome-page";
import type { Outcome } from "./outcome/outcome-words";
import { useReadable } from "./use-readable";
import { useRecord, type Wish } from "./use-record";

type VisitProps = { roomId: string; me: Me | null; room: RoomBefore; way: Way; name: string };

/** These stand beside the button; whatever else keeps somebody out has a page of its own. */
const PASSING = new Set(["rate_limited", "timeout", "not_connected", "unavailable", "internal", "conflict", "left"]);

/** One stay after another in the same room. Devices are let go at each end. */
export function Visit({ roomId, me, room, way, name }: VisitProps) {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [wish, setWish] = useState<Wish | null>(() => wishOfTab(roomId));
  const call = useOneCall(way, outcome === null);
  const { summary, startedAtMs } = useRecord(call, room.name);

  if (outcome)
    return (
      <OutcomePage
        outcome={outcome}
        summary={summary}
        look={room}
        me={me}
        onAgain={(move) => {
          setWish(move ? { name: recall("name") ?? name, move } : null);
          setOutcome(null);
        }}
      />
    );
  if (!call) return <DoorSkeleton />;
  return (
    <Phases
      {...{ call, roomId, me, room, startedAtMs, wish }}
      name={recall("name") ?? name}
      onOver={(over) => {
        keep(`inside.${roomId}`, null, "session");
        setWish(null);
        setOutcome(over);
      }}
    />
  );
}

/** A page that was loaded again in the middle of a call goes back into it. */
function wishOfTab(roomId: string): Wish | null {
  const name = recall(`inside.${roomId}`, "session");
  return name === null ? null : { name, move: false };
}

function useOneCall({ credentials, onRenewed }: Way, isWanted: boolean): Call | null {
  const [call, setCall] = useState<Call | null>(null);
  useEffect(() => {
    if (!isWanted) return;
    const local = createLocalMedia();
    const made = createCall({ local, credentials });
    const sayGoodbye = () => made.leaveByBeacon();
    window.addEventListener("pagehide", sayGoodbye);
    const stopKeeping = made.on("token-renewed", ({ token }) => onRenewed?.(token));
    setCall(made);
    return () => {
      stopKeeping();
      window.removeEventListener("pagehide", sayGoodbye);
      setCall(null);
      void made.leave();
      local.close();
    };
  }, [credentials, onRenewed, isWanted]);
  return call;
}

type PhasesProps = Omit<VisitProps, "way"> & {
  call: Call;
  startedAtMs: number;
  wish: Wish | null;
  onOver: (outcome: Outcome) => void;
};

function Phases({ call, roomId, me, room, name, startedAtMs, wish, onOver }: PhasesProps) {
  const { phase, self, ended, refused } = useReadable(call);
  const [joinedAs, setJoinedAs] = useState(name);

  const join = (as: string, move = false) => {
    setJoinedAs(as);
    keep("name", as);
    // What went wrong is in the state, and is read from there.
    void call.join({ roomId, name: as, type: room.kind, move }).catch(quietly);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each call, with the wish of that moment.
  useEffect(() => {
    if (wish && !room.publishes) join(wish.name, wish.move);
    else if (wish)
      void call.local.start({ microphone: true, camera: room.kind === "video" }).then(() => join(wish.name, wish.move));
  }, [call]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, when it is over.
  useEffect(() => {
    if (ended) onOver(ended);
    else if (refused && !PASSING.has(refused.code)) onOver({ reason: refused.code, message: refused.userMessage });
  }, [ended, refused]);
  useEffect(() => {
    if (phase === "connected") keep(`inside.${roomId}`, joinedAs, "session");
  }, [phase, roomId, joinedAs]);

  if (self && (phase === "connected" || phase === "reconnecting"))
    return (
      <InCall call={call} startedAtMs={startedAtMs} inviteHref={me?.roomsHref} onLeave={() => void call.leave()} />
    );
  if (phase === "waiting")
    return <WaitingRoom local={call.local} room={room} name={joinedAs} onLeave={() => void call.leave()} />;
  return (
    <PreJoin
      local={call.local}
      room={room}
      firstName={name}
      joining={phase === "connecting" || phase === "ended"}
      refused={
        refused && PASSING.has(refused.code) && refused.code !== "left" ? { message: refused.userMessage } : undefined
      }
      onJoin={join}
    />
  );
}

function quietly(error: unknown): void {
  if (!(error instanceof MultimediaError)) throw error;
}
