"use client";

import { Mic, MicOff, Video, VideoOff } from "lucide-react";
import type { LocalMedia } from "@/lib/rtc/media/local-media";
import { Round } from "../bar/round";
import { Drawing } from "../stage/drawing";
import { StreamVideo } from "../stage/stream-video";
import { useReadable } from "../use-readable";
import { LevelBar } from "./level-bar";

type PreviewProps = { local: LocalMedia; name: string; withCamera: boolean };

/** What the others will see and hear of you, mirrored as you know yourself. */
export function Preview({ local, name, withCamera }: PreviewProps) {
  const { microphone, camera, stream } = useReadable(local);
  const shows = camera.status === "on" && stream !== null;
  return (
    <div className="grid gap-3">
      <div className="stage relative isolate aspect-video overflow-hidden rounded-stage bg-paper-sunk [container-type:size] max-sm:aspect-auto max-sm:h-[33dvh] max-sm:w-full">
        <Drawing seed={name || "you"} still speaking={false} />
        {shows && <StreamVideo stream={stream} mirrored className="absolute inset-0 size-full object-cover" />}
        {camera.status === "asking" && (
          <p className="absolute inset-x-0 top-0 z-2 bg-[oklch(.14_.01_165/.75)] p-4 text-center" role="status">
            Your browser asks whether this page may use them. Choose Allow.
          </p>
        )}
        <div className="absolute inset-x-0 bottom-0 z-2 flex justify-center gap-3 rounded-b-stage bg-linear-to-t from-[oklch(.14_.01_165/.7)] to-transparent pt-12 pb-4">
          <Round
            label={`Microphone, ${microphone.status === "on" ? "on" : "off"}`}
            pressed={microphone.status === "on"}
            icon={microphone.status === "on" ? Mic : MicOff}
            onClick={() => void local.setMicrophone(microphone.status !== "on")}
          />
          {withCamera && (
            <Round
              label={`Camera, ${camera.status === "on" ? "on" : "off"}`}
              pressed={camera.status === "on"}
              icon={camera.status === "on" ? Video : VideoOff}
              onClick={() => void local.setCamera(camera.status !== "on")}
            />
          )}
        </div>
      </div>
      <LevelBar track={microphone.status === "on" ? microphone.track : null} />
    </div>
  );
}
