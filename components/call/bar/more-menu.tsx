"use client";

import { Captions, Hand, Info, Keyboard, Maximize, PictureInPicture2, Users } from "lucide-react";
import { MenuChoice, MenuItem, MenuLabel, MenuRule } from "@/components/ui/menu";
import { REACTIONS } from "@/lib/protocol/limits";
import type { VideoLevel } from "@/lib/rtc/route";
import { useCallState, useRunning } from "../context";
import { hasRecognition } from "../live/use-captions";
import type { Mode } from "../stage/arrange";
import type { Acts } from "../use-acts";
import { useReadable } from "../use-readable";

export type MoreProps = {
  mode: Mode;
  setMode: (mode: Mode) => void;
  level: VideoLevel;
  setLevel: (level: VideoLevel) => void;
  captions: boolean;
  setCaptions: (isOn: boolean) => void;
  onKeys: () => void;
  onPictureInPicture: (() => void) | undefined;
};

const LEVELS: { value: VideoLevel; label: string }[] = [
  { value: "auto", label: "As the network allows" },
  { value: "high", label: "High" },
  { value: "medium", label: "Medium" },
  { value: "low", label: "Low" },
];
const MODES: { value: Mode; label: string }[] = [
  { value: "auto", label: "As it fits" },
  { value: "grid", label: "Everybody alike" },
  { value: "speaker", label: "Who speaks, large" },
];

/** What is needed seldom, and on a phone what the bar has no place for. */
export function MoreMenu({ acts, ...more }: MoreProps & { acts: Acts }) {
  const { room, self } = useCallState();
  const { showPanel } = useRunning();
  const shows = room?.type === "video" && self?.grants.publish;
  return (
    <>
      <PhoneItems acts={acts} />
      {shows && (
        <>
          <MenuLabel>Layout</MenuLabel>
          <MenuChoice
            value={more.mode}
            onValueChange={(value) => more.setMode(MODES.find((mode) => mode.value === value)?.value ?? "auto")}
            options={MODES}
          />
          <MenuLabel>Your video</MenuLabel>
          <MenuChoice
            value={more.level}
            onValueChange={(value) => more.setLevel(LEVELS.find((level) => level.value === value)?.value ?? "auto")}
            options={LEVELS}
          />
        </>
      )}
      {self?.grants.publish && <SoundItems />}
      <MenuRule />
      <MenuItem onSelect={() => more.setCaptions(!more.captions)}>
        <Captions aria-hidden="true" strokeWidth={1.6} />
        {more.captions ? "Captions off" : hasRecognition() ? "Captions on" : "Show captions of others"}
      </MenuItem>
      {more.onPictureInPicture && (
        <MenuItem onSelect={more.onPictureInPicture}>
          <PictureInPicture2 aria-hidden="true" strokeWidth={1.6} />
          Picture in picture
        </MenuItem>
      )}
      {document.fullscreenEnabled && (
        <MenuItem onSelect={acts.toggleFullScreen}>
          <Maximize aria-hidden="true" strokeWidth={1.6} />
          Full screen
        </MenuItem>
      )}
      <MenuItem onSelect={() => showPanel("about")}>
        <Info aria-hidden="true" strokeWidth={1.6} />
        About this call
      </MenuItem>
      <MenuItem onSelect={more.onKeys}>
        <Keyboard aria-hidden="true" strokeWidth={1.6} />
        Keyboard shortcuts
      </MenuItem>
    </>
  );
}

function PhoneItems({ acts }: { acts: Acts }) {
  const { self } = useCallState();
  const { call, showPanel } = useRunning();
  return (
    <div className="sm:hidden rail:block!">
      <div className="mb-1 grid grid-cols-4">
        {REACTIONS.map((emoji) => (
          <MenuItem key={emoji} onSelect={() => call.react(emoji)} className="justify-center text-20">
            {emoji}
          </MenuItem>
        ))}
      </div>
      <MenuItem onSelect={acts.toggleHand}>
        <Hand aria-hidden="true" strokeWidth={1.6} />
        {self?.hand ? "Lower your hand" : "Raise your hand"}
      </MenuItem>
      <MenuItem onSelect={() => showPanel("people")}>
        <Users aria-hidden="true" strokeWidth={1.6} />
        People
      </MenuItem>
      <MenuRule />
    </div>
  );
}

function SoundItems() {
  const { call } = useRunning();
  const { processing } = useReadable(call.local);
  const rows = [
    { name: "noiseSuppression", label: "noise suppression" },
    { name: "echoCancellation", label: "echo cancellation" },
    { name: "autoGainControl", label: "automatic loudness" },
  ] as const;
  return (
    <>
      <MenuLabel>Your sound</MenuLabel>
      {rows.map(({ name, label }) => (
        <MenuItem key={name} onSelect={() => void call.local.setProcessing({ [name]: !processing[name] })}>
          {processing[name] ? `Turn ${label} off` : `Turn ${label} on`}
        </MenuItem>
      ))}
    </>
  );
}
