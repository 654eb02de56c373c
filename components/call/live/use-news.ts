"use client";

import { useEffect } from "react";
import type { LeaveReason } from "@/lib/protocol/room-parts";
import type { Call } from "@/lib/rtc/call/call";
import { seconds } from "@/lib/time";
import type { Notes } from "./notes";

/** Several who come at once are one sentence. */
const GATHER_MS = seconds(1);

/** Turns what happens in a call into words: seen over the stage, and heard by a screen reader. */
export function useNews(call: Call, notes: Notes): void {
  useEffect(() => {
    const arrivals = gather((names) => notes.say(`${listed(names)} came in`));
    const offs = [
      call.on("person-joined", ({ name }) => arrivals.add(name)),
      call.on("person-left", ({ name, reason }) => notes.say(`${name} ${LEFT[reason]}`)),
      call.on("person-away", ({ name }) => notes.say(`${name} lost the line`)),
      call.on("person-back", ({ name }) => notes.say(`${name} is back`)),
      call.on("person-updated", handsUp(notes)),
      call.on("muted-by", ({ kind }) => notes.say(MUTED[kind], { urgent: true })),
      call.on("reconnected", () => notes.say("You are back", { urgent: true })),
      call.on("room-updated", ({ locked }) => notes.say(locked ? "The room is locked" : "The room is open")),
      call.local.on("unplugged", ({ kind, isReplaced }) => {
        const device = kind === "audio" ? "microphone" : "camera";
        const next = isReplaced ? "Another one took its place." : "Choose another one under the arrow beside it.";
        notes.say(`Your ${device} was pulled out. ${next}`, { urgent: true });
      }),
    ];
    return () => {
      arrivals.stop();
      for (const off of offs) off();
    };
  }, [call, notes]);
}

const LEFT: Record<LeaveReason, string> = {
  left: "left",
  lost: "did not come back",
  kicked: "was removed",
  banned: "was removed",
  replaced: "went on with another device",
  ended: "left",
  refused: "left",
};

const MUTED = {
  audio: "Your microphone was turned off by the host. You may turn it on again.",
  video: "Your camera was turned off by the host. You may turn it on again.",
  screen: "The host ended your sharing.",
};

/** Said when a hand goes up, and not when it stays up. */
function handsUp(notes: Notes) {
  const up = new Set<string>();
  return ({ id, name, hand }: { id: string; name: string; hand: boolean }) => {
    if (hand && !up.has(id)) notes.say(`${name} raised a hand`);
    if (hand) up.add(id);
    else up.delete(id);
  };
}

function gather(say: (names: string[]) => void) {
  let names: string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    add(name: string) {
      names.push(name);
      clearTimeout(timer);
      timer = setTimeout(() => {
        say(names);
        names = [];
      }, GATHER_MS);
    },
    stop: () => clearTimeout(timer),
  };
}

const listed = (names: string[]) => new Intl.ListFormat("en-GB", { type: "conjunction" }).format(names);
