"use client";

import { HOUSE_LOOK } from "./brand";
import { DoorSkeleton } from "./door/door-skeleton";
import { type EnterByLink, useEntry } from "./door/use-entry";
import type { Me, RoomBefore } from "./facts";
import { OutcomePage } from "./outcome/outcome-page";
import { Visit } from "./visit";

export type CallRoomProps = {
  roomId: `room_${string}`;
  /** Whoever is signed in. */
  me: Me | null;
  /** The room, where it belongs to the account of whoever is signed in. */
  known: RoomBefore | null;
  enterByLink: EnterByLink;
};

/** A room from its door to the end of a call, for members and for guests. */
export function CallRoom({ roomId, me, known, enterByLink }: CallRoomProps) {
  const entry = useEntry({ roomId, known, isSignedIn: me !== null, enterByLink });
  const asMember = known ? me : null;
  switch (entry.state) {
    case "opening":
      return <DoorSkeleton />;
    case "shut":
      return (
        <OutcomePage
          outcome={entry.outcome}
          summary={null}
          look={HOUSE_LOOK}
          me={me}
          onAgain={() => window.location.reload()}
        />
      );
    case "open":
      return <Visit roomId={roomId} me={asMember} room={entry.room} way={entry.way} name={me?.name ?? ""} />;
  }
}
