"use client";

import { MonitorUp } from "lucide-react";
import { Button } from "@/components/ui/button";
import { type Someone, useRunning } from "../context";
import { useReadable } from "../use-readable";
import { StreamVideo } from "./stream-video";

/** What somebody shares, whole and unmirrored. You do not look at your own: it would show itself in itself. */
export function ScreenPane({ someone }: { someone: Someone }) {
  const { call } = useRunning();
  const { screen } = useReadable(call.local);
  if (someone.self)
    return (
      <div className="grid size-full place-content-center justify-items-center gap-4 rounded-media bg-[oklch(.2_.014_168)] text-center">
        <MonitorUp aria-hidden="true" className="size-12 text-voice" strokeWidth={1.2} />
        <p className="display text-25">You are sharing {screen.sound ? "your screen and its sound" : "your screen"}.</p>
        <Button variant="danger" onClick={() => call.local.stopScreen()}>
          Stop sharing
        </Button>
      </div>
    );
  const { name, screen: stream } = someone.person;
  return (
    <div className="relative size-full overflow-hidden rounded-media bg-[oklch(.12_.01_168)]">
      {stream && (
        <StreamVideo stream={stream} label={`${name}’s screen`} className="absolute inset-0 size-full object-contain" />
      )}
      <p className="absolute bottom-0 left-0 z-2 p-4 text-13 font-[550] [text-shadow:0_1px_8px_oklch(.1_.02_165/.9)]">
        {name}’s screen
      </p>
    </div>
  );
}
