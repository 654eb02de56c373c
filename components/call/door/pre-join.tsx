"use client";

import { type FormEvent, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Refusal, type Refused } from "@/components/ui/refusal";
import { LIMITS } from "@/lib/protocol/limits";
import type { LocalMedia } from "@/lib/rtc/media/local-media";
import type { RoomBefore } from "../facts";
import { DeviceFields } from "./device-fields";
import { DeviceTroubles } from "./device-troubles";
import { DoorPage } from "./door-page";
import { Listener } from "./listener";
import { NetworkPill } from "./network-pill";
import { Preview } from "./preview";
import { startIfAllowed, useTurnOn } from "./turn-on";
import { WhoInside } from "./who-inside";

type PreJoinProps = {
  local: LocalMedia;
  room: RoomBefore;
  firstName: string;
  /** Somebody whose name stands fast does not choose another one. */
  joining: boolean;
  refused: Refused | undefined;
  onJoin: (name: string) => void;
};

/** Everything before the call on one screen: how you look and sound, where you are going, and the way in. */
export function PreJoin({ local, room, firstName, joining, refused, onJoin }: PreJoinProps) {
  const [name, setName] = useState(firstName);
  const withCamera = room.kind === "video";
  const turnOn = useTurnOn(local, withCamera);

  useEffect(() => {
    if (room.publishes) void startIfAllowed(local, withCamera);
  }, [local, withCamera, room.publishes]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (joining || name.trim() === "") return;
    if (room.publishes) await turnOn.beforeJoin();
    onJoin(name.trim());
  };

  return (
    <DoorPage
      look={room}
      preview={
        room.publishes ? <Devices local={local} name={name} withCamera={withCamera} /> : <Listener name={name} />
      }
    >
      <div>
        <h1 className="text-31 sm:text-39">{room.name}</h1>
        <p className="mt-2 text-ink-soft">
          {withCamera ? "Video call" : "Voice call"}
          {room.waitingRoom && ". Somebody inside lets you in"}
        </p>
      </div>
      <WhoInside people={room.inside} />
      <form onSubmit={(event) => void submit(event)} className="grid gap-5">
        <Field label="Your name" hint="What the others read under your picture.">
          <Input
            value={name}
            onChange={({ target }) => setName(target.value)}
            maxLength={LIMITS.nameCharacters}
            autoComplete="name"
            required
          />
        </Field>
        <Refusal of={refused} />
        <div className="grid gap-3">
          <Button
            type="submit"
            variant="voice"
            size="big"
            wide
            disabled={name.trim() === ""}
            pending={joining && "Joining"}
          >
            Join
          </Button>
          {turnOn.isOff && room.publishes && (
            <p className="text-13 text-ink-faint">
              Your browser will ask for your {withCamera ? "camera and microphone" : "microphone"}. You can join without
              and turn them on later.
            </p>
          )}
        </div>
      </form>
      <NetworkPill />
    </DoorPage>
  );
}

type DevicesProps = { local: LocalMedia; name: string; withCamera: boolean };

const Devices = ({ local, name, withCamera }: DevicesProps) => (
  <>
    <Preview local={local} name={name} withCamera={withCamera} />
    <DeviceTroubles local={local} withCamera={withCamera} />
    <details className="group border-t border-rule pt-3">
      <summary className="min-h-8 font-medium text-ink-soft hover:text-ink touch:min-h-11">
        Choose devices
        <span aria-hidden="true" className="ml-1.5 inline-block transition-transform group-open:rotate-180">
          ⌄
        </span>
      </summary>
      <div className="pt-3">
        <DeviceFields local={local} withCamera={withCamera} />
      </div>
    </details>
  </>
);
