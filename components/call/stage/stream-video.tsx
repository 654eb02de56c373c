"use client";

import { useEffect, useRef } from "react";
import { cx } from "@/components/ui/cx";

type StreamVideoProps = { stream: MediaStream; mirrored?: boolean; className?: string; label?: string };

/** Pictures without sound: what is heard comes from an element of its own, which stays when a tile goes. */
export function StreamVideo({ stream, mirrored, className, label }: StreamVideoProps) {
  const video = useRef<HTMLVideoElement>(null);

  useEffect(() => {
    const element = video.current;
    if (!element) return;
    element.srcObject = stream;
    // Refused only while nothing is there to show; the next track plays by itself.
    const play = () => void element.play().catch(() => undefined);
    play();
    stream.addEventListener("addtrack", play);
    return () => {
      stream.removeEventListener("addtrack", play);
      element.srcObject = null;
    };
  }, [stream]);

  return (
    <video
      ref={video}
      muted
      playsInline
      disablePictureInPicture={false}
      {...(label ? { "aria-label": label } : { "aria-hidden": true })}
      className={cx(mirrored && "-scale-x-100", className)}
    />
  );
}
