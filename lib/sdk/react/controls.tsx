import { away, look } from "./look";
import { useSdk } from "./provider";
import { useLocalMedia, useRoom } from "./use-room";

type ToggleProps = { what: string; isOn: boolean; onToggle(): Promise<unknown> };

function Toggle({ what, isOn, onToggle }: ToggleProps) {
  return (
    <button type="button" aria-pressed={isOn} style={look.button} onClick={() => void onToggle()}>
      {what} {isOn ? "on" : "off"}
    </button>
  );
}

/** Microphone, camera, and the way out. */
export function Controls({ onLeave }: { onLeave?: (() => void) | undefined }) {
  const sdk = useSdk();
  const { room } = useRoom();
  const { microphone, camera } = useLocalMedia();
  return (
    <div role="toolbar" aria-label="Call" style={look.bar}>
      <Toggle what="Microphone" isOn={microphone.status === "on"} onToggle={() => sdk.toggleAudio()} />
      {room?.type !== "voice" && (
        <Toggle what="Camera" isOn={camera.status === "on"} onToggle={() => sdk.toggleVideo()} />
      )}
      <button type="button" style={away} onClick={() => void sdk.leaveRoom().then(onLeave)}>
        Leave
      </button>
    </div>
  );
}
