"use client";

import { Mic, MicOff, Phone, Video, VideoOff } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { Round } from "../bar/round";
import { someoneIn, useCallState, useRunning } from "../context";
import type { Acts } from "../use-acts";
import { useReadable } from "../use-readable";
import { Tile } from "./tile";

type MakesWindows = {
  documentPictureInPicture?: { requestWindow(size: { width: number; height: number }): Promise<Window> };
};

const SIZE = { width: 360, height: 270 };

/** A small window over everything else: with controls where the browser can, else one person's picture. */
export function usePictureInPicture() {
  const [small, setSmall] = useState<Window | null>(null);

  useEffect(() => () => small?.close(), [small]);

  const open = useCallback(async () => {
    const makes = (window as unknown as MakesWindows).documentPictureInPicture; // not in the library's types yet
    if (!makes) return openVideoAlone();
    const opened = await makes.requestWindow(SIZE);
    copyStyles(opened.document);
    opened.addEventListener("pagehide", () => setSmall(null), { once: true });
    setSmall(opened);
  }, []);
  const close = useCallback(() => setSmall(null), []);

  const isPossible = "documentPictureInPicture" in window || document.pictureInPictureEnabled;
  return { small, open: isPossible ? () => void open() : undefined, close };
}

async function openVideoAlone(): Promise<void> {
  const video = document.querySelector<HTMLVideoElement>("[data-person] video:not(.-scale-x-100)");
  // A picture that has not come yet cannot be taken out; the press may be repeated.
  await video?.requestPictureInPicture().catch(() => undefined);
}

/** The same sheets under the same rules: they come from our own address. */
function copyStyles(target: Document): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]"))
    target.head.append(link.cloneNode());
  for (const style of document.querySelectorAll("style")) target.head.append(style.cloneNode(true));
  target.documentElement.className = document.documentElement.className;
  target.body.className = "font-sans";
  target.title = document.title;
}

type SmallCallProps = { small: Window; acts: Acts; large: string | null; onEnd: () => void };

export function SmallCall({ small, acts, large, onEnd }: SmallCallProps) {
  const { call } = useRunning();
  const state = useCallState();
  const { microphone, camera } = useReadable(call.local);
  const someone = someoneIn(state, large ?? state.people[0]?.id ?? state.self?.id ?? "");
  const [hears, sees] = [microphone.status === "on", camera.status === "on"];
  return createPortal(
    <div className="stage fixed inset-0 flex flex-col gap-2 bg-paper-sunk p-2">
      <ul aria-label="In front" className="min-h-0 flex-1">
        {someone && <Tile someone={someone} size="tile" pinned={false} className="size-full" />}
      </ul>
      <div role="toolbar" aria-label="Call controls" className="flex justify-center gap-2">
        <Round
          label={`Microphone, ${hears ? "on" : "off"}`}
          icon={hears ? Mic : MicOff}
          pressed={hears}
          onClick={acts.toggleMicrophone}
        />
        {state.room?.type === "video" && (
          <Round
            label={`Camera, ${sees ? "on" : "off"}`}
            icon={sees ? Video : VideoOff}
            pressed={sees}
            onClick={acts.toggleCamera}
          />
        )}
        <Round label="Leave the call" icon={Phone} onClick={onEnd} className="bg-danger-fill text-on-danger-fill" />
      </div>
    </div>,
    small.document.body,
  );
}
