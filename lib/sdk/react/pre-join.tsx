import { type FormEvent, useEffect, useState } from "react";
import type { DeviceStatus } from "@/lib/rtc/media/state";
import { look, main } from "./look";
import { useSdk } from "./provider";
import { Tile } from "./tile";
import { useLocalMedia } from "./use-room";

const WORDS: Partial<Record<DeviceStatus, string>> = {
  asking: "Your browser asks whether this page may use your camera.",
  denied: "You did not allow the camera. Allow it in the address bar, or join without it.",
  blocked: "The system does not let this browser use the camera. You can join without it.",
  in_use: "Another program is using the camera. Close that one, or join without it.",
  none: "No camera was found. You can join without it.",
  insecure: "Browsers allow cameras on secure pages only.",
};

/** A look at oneself, and a name. Nothing that a device refuses keeps anybody out. */
export function PreJoin({ onJoin, name: given = "" }: { onJoin(name: string): void; name?: string }) {
  const sdk = useSdk();
  const { stream, camera } = useLocalMedia();
  const [name, setName] = useState(given);
  useEffect(() => void sdk.devices.start({ microphone: true, camera: true }), [sdk]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) onJoin(name.trim());
  };
  return (
    <form aria-label="Before the call" style={look.room} onSubmit={submit}>
      <Tile name={name || "You"} stream={stream} hasPicture={camera.status === "on"} isOwn />
      <p role="status" style={look.note}>
        {WORDS[camera.status] ?? ""}
      </p>
      <div style={look.bar}>
        <input
          aria-label="Your name"
          placeholder="Your name"
          required
          maxLength={60}
          style={look.field}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <button type="submit" style={main}>
          Join
        </button>
      </div>
    </form>
  );
}
