"use client";

import { EyeOff, Move } from "lucide-react";
import { type PointerEvent, useRef, useState } from "react";
import { cx } from "@/components/ui/cx";
import type { Someone } from "../context";
import { Tile } from "./tile";

const CORNERS = ["bottom-right", "bottom-left", "top-left", "top-right"] as const;
type Corner = (typeof CORNERS)[number];

const PLACE: Record<Corner, string> = {
  "bottom-right": "right-5 bottom-5 max-sm:right-4 max-sm:bottom-[calc(7.25rem+env(safe-area-inset-bottom))]",
  "bottom-left": "left-5 bottom-14 max-sm:left-4 max-sm:bottom-[calc(7.25rem+env(safe-area-inset-bottom))]",
  "top-left": "left-5 top-24 max-sm:left-4",
  "top-right": "right-5 top-24 max-sm:right-4",
};

type SelfCornerProps = { someone: Someone; onSwap: () => void; onHide: () => void };

/** You, in a corner that you choose: drag it, or press Move. A double press changes places. */
export function SelfCorner({ someone, onSwap, onHide }: SelfCornerProps) {
  const [corner, setCorner] = useState<Corner>("bottom-right");
  const box = useRef<HTMLDivElement>(null);
  const from = useRef<{ x: number; y: number } | null>(null);

  const grab = (event: PointerEvent<HTMLDivElement>) => {
    if (event.target instanceof Element && event.target.closest("button")) return;
    from.current = { x: event.clientX, y: event.clientY };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!from.current || !box.current) return;
    box.current.style.translate = `${event.clientX - from.current.x}px ${event.clientY - from.current.y}px`;
  };
  const drop = (event: PointerEvent<HTMLDivElement>) => {
    if (!from.current || !box.current) return;
    const moved = Math.hypot(event.clientX - from.current.x, event.clientY - from.current.y) > 8;
    from.current = null;
    box.current.style.translate = "";
    const stage = box.current.parentElement?.getBoundingClientRect();
    if (!moved || !stage) return;
    const side = event.clientX < stage.left + stage.width / 2 ? "left" : "right";
    setCorner(`${event.clientY < stage.top + stage.height / 2 ? "top" : "bottom"}-${side}`);
  };
  const next = () => setCorner(CORNERS[(CORNERS.indexOf(corner) + 1) % CORNERS.length] ?? "bottom-right");

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dragging and the double press have buttons beside them.
    <div
      ref={box}
      onPointerDown={grab}
      onPointerMove={drag}
      onPointerUp={drop}
      onPointerCancel={drop}
      onDoubleClick={onSwap}
      className={cx(
        "group/self absolute z-3 aspect-[16/10] w-[clamp(9rem,19vw,16.5rem)] touch-none cursor-grab rounded-media shadow-[0_0_0_3px_oklch(.145_.012_168/.55),0_12px_32px_oklch(.08_.01_165/.45)] active:cursor-grabbing max-sm:aspect-[3/4] max-sm:w-26",
        PLACE[corner],
      )}
    >
      <ul className="contents" aria-label="You">
        <Tile someone={someone} size="small" pinned={false} className="size-full" />
      </ul>
      <div className="absolute top-1 right-1 z-4 flex opacity-0 group-hover/self:opacity-100 group-focus-within/self:opacity-100">
        <Small label="Move your picture to the next corner" onClick={next} icon={Move} />
        <Small label="Hide your picture" onClick={onHide} icon={EyeOff} />
      </div>
    </div>
  );
}

function Small({ label, onClick, icon: Icon }: { label: string; onClick: () => void; icon: typeof Move }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="grid size-9 place-items-center rounded-full bg-[oklch(.14_.01_165/.6)] text-[oklch(.95_.009_128)]"
    >
      <Icon aria-hidden="true" className="size-4" strokeWidth={1.6} />
    </button>
  );
}
