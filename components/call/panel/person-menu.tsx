"use client";

import { Ellipsis } from "lucide-react";
import type { ComponentProps } from "react";
import { buttonClass } from "@/components/ui/button-style";
import { Menu, MenuItem, MenuRule } from "@/components/ui/menu";
import { ROOM_ROLES } from "@/lib/protocol/room-parts";
import type { Person, Self } from "@/lib/rtc/state";
import { useCallState, useRunning } from "../context";
import { said } from "../use-acts";

/** What a host or moderator may do about somebody who is not above them. */
export function PersonMenu({ person }: { person: Self | Person }) {
  const { call, notes } = useRunning();
  const { self, room } = useCallState();
  const isBelow = self !== null && ROOM_ROLES.indexOf(self.role) <= ROOM_ROLES.indexOf(person.role);
  if (!self?.grants.moderate || !isBelow) return null;

  const participantId = person.id;
  const act = (what: Parameters<typeof call.moderate>[0]) => () => void call.moderate(what).catch(said(notes));
  const role = (value: "moderator" | "speaker" | "listener") => act({ action: "set-role", participantId, value });

  return (
    <Menu trigger={<MoreFor name={person.name} />}>
      {person.media.audio && <MenuItem onSelect={act({ action: "mute", participantId })}>Mute</MenuItem>}
      {room?.type === "video" && person.media.video && (
        <MenuItem onSelect={act({ action: "stop-video", participantId })}>Turn the camera off</MenuItem>
      )}
      {person.hand && <MenuItem onSelect={act({ action: "lower-hand", participantId })}>Lower the hand</MenuItem>}
      {self.role === "host" && person.role !== "moderator" && (
        <MenuItem onSelect={role("moderator")}>Make moderator</MenuItem>
      )}
      {person.role !== "speaker" && <MenuItem onSelect={role("speaker")}>Let speak</MenuItem>}
      {person.role !== "listener" && <MenuItem onSelect={role("listener")}>Let only listen</MenuItem>}
      <MenuRule />
      <MenuItem danger onSelect={act({ action: "kick", participantId })}>
        Remove
      </MenuItem>
      <MenuItem danger onSelect={act({ action: "ban", participantId })}>
        Remove for good
      </MenuItem>
    </Menu>
  );
}

const MoreFor = ({ name, ...rest }: ComponentProps<"button"> & { name: string }) => (
  <button
    type="button"
    aria-label={`More for ${name}`}
    className={buttonClass({ variant: "quiet", size: "icon" }, "-mr-2 size-9")}
    {...rest}
  >
    <Ellipsis aria-hidden="true" strokeWidth={1.6} />
  </button>
);
