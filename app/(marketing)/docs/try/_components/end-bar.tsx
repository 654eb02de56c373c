"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { Tag, type TagTone } from "@/components/ui/tag";
import type { TrialPerson } from "@/lib/rooms/schema";
import type { PeerFigures } from "@/lib/rtc/quality/state";
import type { CallState, QualityLevel } from "@/lib/rtc/state";
import type { MultimediaSDK } from "@/lib/sdk/multimedia-sdk";
import { seconds } from "@/lib/time";
import type { End } from "./desk-model";
import { isHopeless, isWell, standing } from "./outage";
import type { Stand } from "./pane/pane-window";
import type { Pane } from "./pane/prepare";

const STANDS: Record<Stand, string> = {
  chosen: "Sends a drawing and a tone.",
  declined: "The camera was not allowed, so it sends a drawing and a tone.",
  none: "Something was not found, and a drawing or a tone stands in for it.",
  "in-use": "Another program uses the camera or microphone, so a drawing or a tone stands in for it.",
  insecure: "Browsers give cameras to https pages alone, so it sends a drawing and a tone.",
};

const HIDDEN_ADDRESSES =
  "Without leave to use a camera, browsers hide the addresses of a machine, and here no way is left. Run it with your camera.";

type EndBarProps = { who: TrialPerson; end: End | undefined; isRunning: boolean };

/** How one end stands, in the words and figures of its own SDK. */
export function EndBar({ who, end, isRunning }: EndBarProps) {
  const { sdk, pane, stand, failure } = end ?? {};
  return (
    <div className="min-h-19 px-2 pb-1.5 text-13 text-ink-soft">
      <p className="flex flex-wrap items-baseline gap-x-2.5 gap-y-1">
        <b className="font-[550] text-ink">{who}</b>
        {sdk && isRunning ? <Standing sdk={sdk} /> : <Tag tone="draft">{isRunning ? "Loading" : "Not running"}</Tag>}
      </p>
      {sdk && pane && isRunning && <Figures sdk={sdk} pane={pane} />}
      {failure && <p className="text-danger">{failure}</p>}
      {stand && isRunning && !failure && <p className="text-ink-faint">{STANDS[stand]}</p>}
    </div>
  );
}

function Standing({ sdk }: { sdk: MultimediaSDK }) {
  const room = useSyncExternalStore(sdk.call.subscribe, sdk.call.getSnapshot, sdk.call.getSnapshot);
  return (
    <span role="status">
      <Tag tone={toneOf(room)}>{standing(room)}</Tag>
      {isHopeless(room) && <span className="mt-1 block">{HIDDEN_ADDRESSES}</span>}
    </span>
  );
}

function toneOf(room: CallState): TagTone {
  if (isWell(room)) return "settled";
  if (room.phase === "ended") return "lost";
  return room.phase === "reconnecting" || room.people.length > 0 ? "held" : "draft";
}

function Figures({ sdk, pane }: { sdk: MultimediaSDK; pane: Pane }) {
  const { people } = useSyncExternalStore(sdk.stats.subscribe, sdk.stats.getSnapshot, sdk.stats.getSnapshot);
  const pictures = usePictures(pane);
  const [figures] = people.values();
  return (
    <p className="tabular-nums">
      <span data-pictures={pictures}>{pictures.toLocaleString("en-GB")} pictures</span>
      {figures && ` · ${inWords(figures)}`}
    </p>
  );
}

const LEVELS: Record<QualityLevel, string> = {
  unknown: "not measured yet",
  good: "good line",
  fair: "fair line",
  poor: "poor line",
  lost: "nothing arrives",
};

const inWords = ({ level, videoIn, rttMs, route }: PeerFigures): string =>
  [
    LEVELS[level],
    `${Math.round(videoIn.fps)} a second`,
    `${videoIn.lossPercent.toFixed(0)} % of packets lost`,
    ...(rttMs === null ? [] : [`${Math.round(rttMs)} ms there and back`]),
    ...(route === null ? [] : [route === "relay" ? "by a relay" : "direct"]),
  ].join(" · ");

/** How many pictures came so far: the one number that stops when the call does. */
function usePictures(pane: Pane): number {
  const [pictures, setPictures] = useState(0);
  useEffect(() => {
    let isOver = false;
    const count = async () => {
      const now = await pane.pictures();
      if (!isOver) setPictures(now);
    };
    const timer = setInterval(() => void count(), seconds(1));
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [pane]);
  return pictures;
}
