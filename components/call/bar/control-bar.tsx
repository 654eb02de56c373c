"use client";

import {
  Ellipsis,
  Hand,
  MessageCircle,
  Mic,
  MicOff,
  MonitorUp,
  Phone,
  RefreshCw,
  SmilePlus,
  Users,
  Video,
  VideoOff,
} from "lucide-react";
import { Menu } from "@/components/ui/menu";
import { useCallState, useRunning } from "../context";
import type { Acts } from "../use-acts";
import { useReadable } from "../use-readable";
import { DeviceMenu } from "./device-menu";
import { MoreMenu, type MoreProps } from "./more-menu";
import { ReactionMenu } from "./reaction-menu";
import { Round } from "./round";

type ControlBarProps = { acts: Acts; unread: number; more: MoreProps; onEnd: () => void };

/** Everything that you do in a call, within reach of one hand on a phone. */
export function ControlBar({ acts, unread, more, onEnd }: ControlBarProps) {
  const { room, self } = useCallState();
  if (!room || !self) return null;
  const publishes = self.grants.publish;
  return (
    <footer className="rail:w-20 rail:shrink-0 rail:flex-col rail:p-0 relative z-5 flex items-center justify-center gap-2.5 px-3 pt-3.5 pb-[calc(1.25rem+env(safe-area-inset-bottom))] max-sm:absolute max-sm:inset-x-0 max-sm:bottom-0 max-sm:justify-between max-sm:bg-linear-to-t max-sm:from-[oklch(.14_.02_20/.85)] max-sm:to-transparent max-sm:px-4 max-sm:pt-10 max-sm:pb-[calc(1.75rem+env(safe-area-inset-bottom))]">
      <div id="call-controls" role="toolbar" aria-label="Call controls" className="contents">
        {publishes && <MicrophoneControl acts={acts} />}
        {publishes && room.type === "video" && <CameraControl acts={acts} />}
        {publishes && room.type === "video" && <ShareControl acts={acts} />}
        <Round
          label={self.hand ? "Lower your hand" : "Raise your hand"}
          icon={Hand}
          pressed={self.hand}
          offIsLoud={false}
          onClick={acts.toggleHand}
          className={publishes ? "max-sm:hidden rail:hidden" : ""}
        />
        <Menu
          side="top"
          align="start"
          trigger={<Round label="React" icon={SmilePlus} className={publishes ? "max-sm:hidden rail:hidden" : ""} />}
        >
          <ReactionMenu />
        </Menu>
        <PanelControls unread={unread} />
        <Menu side="top" trigger={<Round label="More" icon={Ellipsis} />}>
          <MoreMenu {...more} acts={acts} />
        </Menu>
        <span aria-hidden="true" className="w-2 max-sm:hidden rail:hidden" />
        <button
          type="button"
          aria-label="Leave the call"
          onClick={onEnd}
          className="flex h-13 shrink-0 items-center gap-2.5 rounded-full bg-danger-fill pr-6 pl-5 font-semibold text-on-danger-fill transition-colors rail:w-13 rail:justify-center rail:p-0 hover:bg-[oklch(.5_.19_20)] max-sm:h-12 max-sm:w-15 max-sm:justify-center max-sm:p-0"
        >
          <Phone aria-hidden="true" className="size-[22px] rotate-[135deg]" strokeWidth={1.6} />
          <span className="max-sm:sr-only rail:sr-only">Leave</span>
        </button>
      </div>
    </footer>
  );
}

function MicrophoneControl({ acts }: { acts: Acts }) {
  const { call } = useRunning();
  const { microphone, microphones, speakers, speakerId } = useReadable(call.local);
  const isOn = microphone.status === "on";
  const output = {
    title: "Speaker",
    devices: speakers,
    chosen: speakerId,
    choose: call.local.chooseSpeaker.bind(call.local),
  };
  return (
    <span className="flex">
      <Round
        label={`Microphone, ${isOn ? "on" : "off"}`}
        icon={isOn ? Mic : MicOff}
        pressed={isOn}
        onClick={acts.toggleMicrophone}
        className="z-1"
      />
      <DeviceMenu
        label="Choose a microphone"
        groups={[
          {
            title: "Microphone",
            devices: microphones,
            chosen: microphone.deviceId,
            choose: (id) => void call.local.chooseMicrophone(id),
          },
          ...(speakers.length > 0 ? [output] : []),
        ]}
      />
    </span>
  );
}

function CameraControl({ acts }: { acts: Acts }) {
  const { call } = useRunning();
  const { camera, cameras } = useReadable(call.local);
  const isOn = camera.status === "on";
  const group = {
    title: "Camera",
    devices: cameras,
    chosen: camera.deviceId,
    choose: (id: string | null) => void call.local.chooseCamera(id),
  };
  return (
    <>
      <span className="flex">
        <Round
          label={`Camera, ${isOn ? "on" : "off"}`}
          icon={isOn ? Video : VideoOff}
          pressed={isOn}
          onClick={acts.toggleCamera}
          className="z-1"
        />
        <DeviceMenu label="Choose a camera" groups={[group]} />
      </span>
      <Round
        label="Turn the camera around"
        icon={RefreshCw}
        onClick={() => void call.local.flipCamera()}
        disabled={!isOn}
        className="sm:hidden disabled:opacity-50"
      />
    </>
  );
}

function ShareControl({ acts }: { acts: Acts }) {
  const { call } = useRunning();
  const { screen } = useReadable(call.local);
  const isOn = screen.track !== null;
  if (!("getDisplayMedia" in (navigator.mediaDevices ?? {}))) return null;
  return (
    <Round
      label={isOn ? "Stop sharing your screen" : "Share your screen"}
      icon={MonitorUp}
      pressed={isOn}
      offIsLoud={false}
      onClick={acts.toggleScreen}
      className="max-sm:hidden rail:hidden"
    />
  );
}

function PanelControls({ unread }: { unread: number }) {
  const { panel, showPanel } = useRunning();
  const { knocks } = useCallState();
  const toggle = (name: "chat" | "people") => showPanel(panel === name ? null : name);
  return (
    <>
      <Round
        label={unread > 0 ? `Chat, ${unread} new` : "Chat"}
        icon={MessageCircle}
        dot={unread > 0}
        aria-expanded={panel === "chat"}
        data-panel="chat"
        onClick={() => toggle("chat")}
      />
      <Round
        label={knocks.length > 0 ? `People, ${knocks.length} at the door` : "People"}
        icon={Users}
        dot={knocks.length > 0}
        aria-expanded={panel === "people"}
        data-panel="people"
        onClick={() => toggle("people")}
        className="max-sm:hidden rail:hidden"
      />
    </>
  );
}
