"use client";

import { Mark } from "@/components/brand/mark";
import { Button } from "@/components/ui/button";
import type { LocalMedia } from "@/lib/rtc/media/local-media";
import type { RoomBefore } from "../facts";
import { DoorPage } from "./door-page";
import { Listener } from "./listener";
import { Preview } from "./preview";

type WaitingRoomProps = { local: LocalMedia; room: RoomBefore; name: string; onLeave: () => void };

/** At the door: somebody inside knows, and the picture stays. */
export const WaitingRoom = ({ local, room, name, onLeave }: WaitingRoomProps) => (
  <DoorPage
    look={room}
    preview={
      room.publishes ? (
        <Preview local={local} name={name} withCamera={room.kind === "video"} />
      ) : (
        <Listener name={name} />
      )
    }
  >
    <div role="status" className="grid gap-4">
      <Mark live className="size-14" />
      <h1 className="text-31 sm:text-39">Somebody inside knows that you are here.</h1>
      <p className="max-w-[42ch] text-ink-soft">
        You come into {room.name} as soon as they let you in. Leave this page open; no minute counts meanwhile.
      </p>
    </div>
    <div>
      <Button variant="line" onClick={onLeave}>
        Leave
      </Button>
    </div>
  </DoorPage>
);
