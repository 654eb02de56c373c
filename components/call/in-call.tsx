"use client";

import { useCallback, useEffect, useMemo, useState } from "react";
import type { Call } from "@/lib/rtc/call/call";
import type { VideoLevel } from "@/lib/rtc/route";
import { ControlBar } from "./bar/control-bar";
import { KeyList } from "./bar/key-list";
import { type Panel, RunningContext } from "./context";
import { Banners } from "./live/banners";
import { CaptionLines } from "./live/caption-lines";
import { DoorBell } from "./live/door-bell";
import { NoteList } from "./live/note-list";
import { createNotes } from "./live/notes";
import { Reactions } from "./live/reactions";
import { Sound } from "./live/sound";
import { useCaptions, useOwnCaptions } from "./live/use-captions";
import { useMutedTalk } from "./live/use-muted-talk";
import { useNews } from "./live/use-news";
import { useUnread } from "./live/use-unread";
import { useWakeLock } from "./live/use-wake-lock";
import { SidePanel } from "./panel/side-panel";
import { SmallCall, usePictureInPicture } from "./stage/picture-in-picture";
import { Stage } from "./stage/stage";
import { TopBar } from "./stage/top-bar";
import { useScene } from "./stage/use-scene";
import { useActs } from "./use-acts";
import { useKeys } from "./use-keys";

type InCallProps = { call: Call; startedAtMs: number; inviteHref: string | undefined; onLeave: () => void };

/** The stage and everything around it, for as long as somebody is in the call. */
export function InCall(props: InCallProps) {
  const { call } = props;
  const notes = useMemo(() => createNotes(), []);
  const [panel, setPanel] = useState<Panel | null>(null);
  useEffect(() => () => notes.close(), [notes]);

  /** Closing it leads back to what opened it. */
  const showPanel = useCallback(
    (next: Panel | null) => {
      if (next === null && panel !== null) backTo(panel);
      setPanel(next);
    },
    [panel],
  );
  const running = useMemo(() => ({ call, notes, panel, showPanel }), [call, notes, panel, showPanel]);

  return (
    <RunningContext value={running}>
      <Running {...props} notes={notes} panel={panel} showPanel={showPanel} />
    </RunningContext>
  );
}

function backTo(panel: Panel): void {
  const opener = document.querySelector<HTMLElement>(`[data-panel="${panel}"]`);
  (opener?.getClientRects().length ? opener : document.querySelector<HTMLElement>("[data-panel]"))?.focus();
}

type RunningProps = InCallProps & {
  notes: ReturnType<typeof createNotes>;
  panel: Panel | null;
  showPanel: (panel: Panel | null) => void;
};

function Running({ call, startedAtMs, inviteHref, onLeave, notes, panel, showPanel }: RunningProps) {
  const scene = useScene();
  const acts = useActs(call, notes);
  const unread = useUnread(call, panel === "chat");
  const [level, setLevel] = useState<VideoLevel>("auto");
  const [captionsOn, setCaptions] = useState(false);
  const [keysShown, setKeysShown] = useState(false);
  const picture = usePictureInPicture();
  const openKeys = useCallback(() => setKeysShown(true), []);
  const closePanel = useCallback(() => showPanel(null), [showPanel]);
  const keys = useKeys({ acts, openKeys, closePanel });
  const captions = useCaptions(call, captionsOn);
  const isHeard = scene.state.self?.media.audio ?? false;
  useOwnCaptions(call, captionsOn && isHeard);
  useNews(call, notes);
  useMutedTalk(call, notes, acts.toggleMicrophone);
  useWakeLock();

  const more = {
    ...{ mode: scene.mode, setMode: scene.setMode, level, captions: captionsOn, setCaptions },
    setLevel: (next: VideoLevel) => {
      setLevel(next);
      call.limitVideo(next);
    },
    onKeys: openKeys,
    onPictureInPicture: picture.open,
  };
  const { arrangement } = scene;
  const large = arrangement.kind === "pair" || arrangement.kind === "speaker" ? arrangement.large : null;

  return (
    <div className="stage whole-stage fixed inset-0 flex h-dvh overflow-hidden bg-paper-sunk">
      <div className="relative flex min-w-0 flex-1 flex-col rail:flex-row">
        <TopBar startedAtMs={startedAtMs} />
        <div className="pointer-events-none absolute inset-x-0 top-20 z-6 grid justify-items-center gap-2">
          <Banners onLeave={onLeave} />
          <DoorBell />
          <NoteList />
        </div>
        <main className="relative min-h-0 flex-1 sm:px-3 sm:pt-3 rail:pb-3">
          <Stage scene={scene} inviteHref={inviteHref} />
          <Reactions />
          <div className="absolute inset-x-0 bottom-6 z-4 max-sm:bottom-32">
            <CaptionLines captions={captions} />
          </div>
          <Sound />
        </main>
        <ControlBar acts={acts} unread={unread} more={more} onEnd={onLeave} />
      </div>
      {panel && <SidePanel panel={panel} />}
      <KeyList open={keysShown} onOpenChange={setKeysShown} isOn={keys.isOn} setOn={keys.set} />
      {picture.small && <SmallCall small={picture.small} acts={acts} large={large} onEnd={onLeave} />}
    </div>
  );
}
