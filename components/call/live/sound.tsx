"use client";

import { Volume2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useCallState, useRunning } from "../context";
import { useFrom } from "../use-readable";

/**
 * Everybody's sound, one element a person from their coming to their going: a tile may go and come, and a new element
 * is silent in a tab that nobody looks at.
 */
export function Sound() {
  const { call } = useRunning();
  const { people } = useCallState();
  const speakerId = useFrom(call.local, (state) => state.speakerId);
  const [isBlocked, setBlocked] = useState(false);
  const elements = useRef(new Set<HTMLAudioElement>());

  const playAll = () => {
    setBlocked(false);
    for (const element of elements.current) void element.play().catch(() => setBlocked(true));
  };

  const streams = people.flatMap(({ id, stream, screen }) => [
    ...(stream ? [{ key: id, stream }] : []),
    ...(screen ? [{ key: `${id}-screen`, stream: screen }] : []),
  ]);

  return (
    <>
      {streams.map(({ key, stream }) => (
        <Heard
          key={key}
          stream={stream}
          speakerId={speakerId}
          elements={elements.current}
          onBlocked={() => setBlocked(true)}
        />
      ))}
      {isBlocked && (
        <button
          type="button"
          onClick={playAll}
          className="absolute inset-x-3 bottom-28 z-10 flex min-h-14 items-center justify-center gap-3 rounded-media bg-voice text-16 font-semibold text-on-voice shadow-float"
        >
          <Volume2 aria-hidden="true" className="size-6" strokeWidth={1.6} />
          Click to hear the others
        </button>
      )}
    </>
  );
}

type HeardProps = {
  stream: MediaStream;
  speakerId: string | null;
  elements: Set<HTMLAudioElement>;
  onBlocked: () => void;
};

type Sinkable = HTMLAudioElement & { setSinkId?: (id: string) => Promise<void> };

function Heard({ stream, speakerId, elements, onBlocked }: HeardProps) {
  const audio = useRef<HTMLAudioElement>(null);
  const blocked = useRef(onBlocked);
  blocked.current = onBlocked;

  useEffect(() => {
    const element = audio.current;
    if (!element) return;
    elements.add(element);
    element.srcObject = stream;
    const play = () =>
      void element.play().catch((error: DOMException) => {
        if (error.name === "NotAllowedError") blocked.current();
      });
    play();
    stream.addEventListener("addtrack", play);
    return () => {
      stream.removeEventListener("addtrack", play);
      elements.delete(element);
      element.srcObject = null;
    };
  }, [stream, elements]);

  useEffect(() => {
    const element: Sinkable | null = audio.current;
    // A speaker that was pulled out leaves the sound where the system says.
    void element?.setSinkId?.(speakerId ?? "").catch(() => undefined);
  }, [speakerId]);

  // biome-ignore lint/a11y/useMediaCaption: what people say is captioned by their own browsers, over the stage.
  return <audio ref={audio} />;
}
