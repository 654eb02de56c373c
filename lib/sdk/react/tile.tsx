import { useEffect, useRef } from "react";
import { isSpeakingRing, look } from "./look";

type TileProps = {
  name: string;
  stream: MediaStream | null;
  hasPicture: boolean;
  /** One's own: without sound, and as in a mirror. */
  isOwn?: boolean;
  isSpeaking?: boolean;
  note?: string | undefined;
};

/** Somebody's picture and sound, and their name where there is no picture. */
export function Tile({ name, stream, hasPicture, isOwn = false, isSpeaking = false, note }: TileProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  const said = [isOwn ? `${name} (you)` : name, note].filter(Boolean).join(" · ");
  return (
    <figure aria-label={said} style={{ ...look.tile, margin: 0, ...(isSpeaking && isSpeakingRing) }}>
      <video
        ref={video}
        autoPlay
        playsInline
        muted={isOwn}
        style={{
          ...look.video,
          visibility: hasPicture ? "visible" : "hidden",
          ...(isOwn && { transform: "scaleX(-1)" }),
        }}
      />
      {!hasPicture && <span style={look.initial}>{[...name][0]?.toUpperCase() ?? "?"}</span>}
      <figcaption style={look.name}>{said}</figcaption>
    </figure>
  );
}
