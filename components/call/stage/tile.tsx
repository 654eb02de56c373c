"use client";

import { Hand, LoaderCircle, MicOff, Pin, PinOff } from "lucide-react";
import { useEffect, useState } from "react";
import { cx } from "@/components/ui/cx";
import { seconds } from "@/lib/time";
import { type Someone, useRunning } from "../context";
import { useFrom, useReadable } from "../use-readable";
import { Drawing } from "./drawing";
import { QualityBars } from "./quality-bars";
import { StreamVideo } from "./stream-video";

type TileProps = {
  someone: Someone;
  /** The one that fills the stage shows no frame of its own; behind words it shows no name. */
  size: "stage" | "tile" | "small" | "backdrop";
  pinned: boolean;
  onPin?: ((id: string) => void) | undefined;
  /** Its place in a grid. */
  column?: string;
  className?: string;
};

/** One person: their picture or their drawing, their name and how they are. Its place never moves when one of these comes. */
export function Tile({ someone, size, pinned, onPin, column, className }: TileProps) {
  const { call } = useRunning();
  const { person, self } = someone;
  const speaking = useFrom(call.speaking, (ids) => ids.has(person.id)) && person.media.audio;
  const trouble = useTrouble(someone);
  const label = [person.name, self && "you", ...stateWords(someone, trouble)].filter(Boolean).join(", ");

  return (
    <li
      aria-label={label}
      data-person={person.id}
      style={{ gridColumn: column }}
      className={cx(
        "group/tile [container-type:size] relative isolate min-h-0 min-w-0 list-none overflow-hidden rounded-media bg-[oklch(.24_.02_165)] text-[oklch(.96_.01_120)]",
        className,
      )}
    >
      <Picture someone={someone} speaking={speaking} lost={trouble !== null} />
      {speaking && size !== "stage" && size !== "backdrop" && (
        <span
          aria-hidden="true"
          className="pointer-events-none absolute inset-0 z-2 rounded-media shadow-[inset_0_0_0_3px_var(--voice)]"
        />
      )}
      {trouble && (
        <p className="absolute inset-0 z-2 grid place-content-center justify-items-center gap-2 text-center text-14">
          <LoaderCircle
            aria-hidden="true"
            className="size-7 animate-spin motion-reduce:animate-none"
            strokeWidth={1.6}
          />
          {trouble}
        </p>
      )}
      <Shade size={size} />
      {size !== "backdrop" && <NamePlate someone={someone} size={size} />}
      {onPin && size !== "small" && size !== "backdrop" && (
        <PinButton name={person.name} pinned={pinned} onPin={() => onPin(person.id)} />
      )}
    </li>
  );
}

/** So that words are read on whatever picture stands behind them. */
const Shade = ({ size }: Pick<TileProps, "size">) => (
  <>
    {(size === "stage" || size === "backdrop") && (
      <span
        aria-hidden="true"
        className="pointer-events-none absolute inset-x-0 top-0 z-1 h-32 bg-linear-to-b from-[oklch(.14_.02_30/.6)] to-transparent max-sm:h-44"
      />
    )}
    <span
      aria-hidden="true"
      className="pointer-events-none absolute inset-x-0 bottom-0 z-1 h-20 max-h-[45%] bg-linear-to-t from-[oklch(.14_.02_30/.55)] to-transparent"
    />
  </>
);

function NamePlate({ someone, size }: Pick<TileProps, "someone" | "size">) {
  const { person, self } = someone;
  return (
    <div
      className={cx(
        "pointer-events-none absolute inset-x-0 bottom-0 z-3 flex items-center gap-2 p-3 text-13 font-[550] [text-shadow:0_1px_8px_oklch(.1_.02_165/.7)]",
        size === "stage" && "max-sm:bottom-[calc(5.75rem+env(safe-area-inset-bottom))] max-sm:px-4 sm:p-5 sm:text-14",
        size === "small" && "p-2 text-12",
      )}
    >
      {!person.media.audio && <MicOff aria-hidden="true" className="size-4 shrink-0" strokeWidth={1.8} />}
      <span className="min-w-0 truncate">{self ? "You" : person.name}</span>
      {person.hand && (
        <Hand
          aria-hidden="true"
          className="size-4 shrink-0 fill-voice-warm text-[oklch(.2_.02_60)]"
          strokeWidth={1.4}
        />
      )}
      {!self && <QualityBars id={person.id} />}
    </div>
  );
}

type PinButtonProps = { name: string; pinned: boolean; onPin: () => void };

const PinButton = ({ name, pinned, onPin }: PinButtonProps) => (
  <button
    type="button"
    aria-label={pinned ? `Unpin ${name}` : `Pin ${name}`}
    aria-pressed={pinned}
    onClick={onPin}
    className="absolute top-2 right-2 z-4 grid size-11 place-items-center rounded-full bg-[oklch(.14_.01_165/.6)] opacity-0 group-hover/tile:opacity-100 focus-visible:opacity-100 aria-pressed:opacity-100"
  >
    {pinned ? (
      <PinOff aria-hidden="true" className="size-5" strokeWidth={1.6} />
    ) : (
      <Pin aria-hidden="true" className="size-5" strokeWidth={1.6} />
    )}
  </button>
);

function Picture({ someone, speaking, lost }: { someone: Someone; speaking: boolean; lost: boolean }) {
  const { call } = useRunning();
  const { person, self } = someone;
  const local = useReadable(call.local);
  const stream = self ? local.stream : someone.person.stream;
  const shows = stream !== null && (self ? local.camera.status === "on" : person.media.video);
  return (
    <div className={cx("absolute inset-0 transition-[filter] duration-250", lost && "brightness-50 saturate-25")}>
      <Drawing seed={person.id} still={lost} speaking={speaking} />
      {shows && (
        <StreamVideo
          key={stream.id}
          stream={stream}
          mirrored={self}
          className="absolute inset-0 z-1 size-full animate-fade bg-[oklch(.2_.02_165)] object-cover"
        />
      )}
    </div>
  );
}

/** In words once it lasts: a gap of a moment shows nowhere. */
function useTrouble(someone: Someone): string | null {
  const now = troubleOf(someone);
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => {
    if (now === null) return setShown(null);
    const timer = setTimeout(() => setShown(now), seconds(2));
    return () => clearTimeout(timer);
  }, [now]);
  return now === null ? null : shown;
}

function troubleOf(someone: Someone): string | null {
  if (someone.self) return null;
  const { isAway, link, name } = someone.person;
  if (isAway || link === "reconnecting") return "Reconnecting";
  if (link === "connecting") return `Waiting for ${name}’s picture and sound`;
  return link === "failed" ? "No way to their network was found" : null;
}

const stateWords = ({ person }: Someone, trouble: string | null): string[] => [
  person.media.audio ? "microphone on" : "microphone off",
  person.media.video ? "camera on" : "camera off",
  ...(person.hand ? ["hand raised"] : []),
  ...(trouble ? [trouble] : []),
];
