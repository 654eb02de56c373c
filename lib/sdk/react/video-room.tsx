import { useEffect, useState } from "react";
import type { RoomKind } from "@/lib/protocol/room-parts";
import type { Person } from "@/lib/rtc/state";
import { Controls } from "./controls";
import { look } from "./look";
import { useSdk } from "./provider";
import { Tile } from "./tile";
import { useLocalMedia, useRoom, useSpeaking } from "./use-room";

type VideoRoomProps = { roomId: string; name: string; type?: RoomKind; onLeave?: () => void };

const WORDS = {
  idle: "",
  connecting: "Connecting",
  waiting: "Somebody inside has been asked to let you in.",
  connected: "",
  reconnecting: "The connection was lost. Trying again.",
  ended: "",
} as const;

/** A whole call: comes in when it is shown, and leaves when it is taken away. */
export function VideoRoom({ roomId, name, type = "video", onLeave }: VideoRoomProps) {
  const sdk = useSdk();
  const [complaint, setComplaint] = useState("");
  useEffect(() => {
    let isShown = true;
    const begin = async () => {
      await sdk.devices.start({ microphone: true, camera: type === "video" });
      if (isShown) await sdk.joinRoom(roomId, name, type);
    };
    begin().catch((error: Error) => isShown && setComplaint(error.message));
    return () => {
      isShown = false;
      void sdk.leaveRoom();
    };
  }, [sdk, roomId, name, type]);
  return <Stage name={name} complaint={complaint} onLeave={onLeave} />;
}

function Stage({ name, complaint, onLeave }: { name: string; complaint: string; onLeave: (() => void) | undefined }) {
  const { people, phase, ended } = useRoom();
  const { stream, camera } = useLocalMedia();
  const speaking = useSpeaking();
  const note = complaint || ended?.message || WORDS[phase];
  return (
    <section aria-label="Video call" style={look.room}>
      {note && (
        <p role="status" style={look.note}>
          {note}
        </p>
      )}
      <div style={look.grid}>
        <Tile name={name} stream={stream} hasPicture={camera.status === "on"} isOwn />
        {people.flatMap((person) => [
          <Tile key={person.id} {...seen(person)} isSpeaking={speaking.has(person.id)} />,
          ...(person.screen
            ? [<Tile key={`${person.id} screen`} name={`${person.name}'s screen`} stream={person.screen} hasPicture />]
            : []),
        ])}
      </div>
      <Controls onLeave={onLeave} />
    </section>
  );
}

const seen = ({ name, stream, media, link, isAway }: Person) => ({
  ...{ name, stream, hasPicture: media.video && stream !== null },
  note: isAway || link === "reconnecting" ? "reconnecting" : media.audio ? undefined : "muted",
});
