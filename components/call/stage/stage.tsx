"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { cx } from "@/components/ui/cx";
import { Round } from "../bar/round";
import { someoneIn } from "../context";
import type { Arrangement } from "./arrange";
import { Empty } from "./empty";
import { ScreenPane } from "./screen-pane";
import { SelfCorner } from "./self-corner";
import { Tile } from "./tile";
import type { useScene } from "./use-scene";

type StageProps = { scene: ReturnType<typeof useScene>; inviteHref: string | undefined };

/** The people, in the arrangement that fits them. */
export function Stage({ scene, inviteHref }: StageProps) {
  const { arrangement } = scene;
  switch (arrangement.kind) {
    case "alone":
      return <Empty inviteHref={inviteHref} scene={scene} />;
    case "pair":
      return <Pair scene={scene} large={arrangement.large} />;
    case "grid":
      return <Grid scene={scene} arrangement={arrangement} />;
    case "speaker":
      return <Large scene={scene} large={arrangement.large} strip={arrangement.strip} />;
    case "screen":
      return <Shared scene={scene} sharer={arrangement.sharer} strip={arrangement.strip} />;
  }
}

type Scene = { scene: StageProps["scene"] };

type OneProps = Scene & { id: string; size: "stage" | "tile"; column?: string; className?: string };

function One({ scene, id, size, column, className }: OneProps) {
  const someone = someoneIn(scene.state, id);
  if (!someone) return null;
  return (
    <Tile
      someone={someone}
      size={size}
      pinned={scene.pinned === id}
      {...(scene.state.people.length > 1 && { onPin: scene.pin })}
      {...(column !== undefined && { column })}
      {...(className !== undefined && { className })}
    />
  );
}

function Pair({ scene, large }: Scene & { large: string }) {
  const [swapped, setSwapped] = useState(false);
  const [hidden, setHidden] = useState(false);
  const selfId = scene.state.self?.id ?? "";
  const corner = someoneIn(scene.state, swapped ? large : selfId);
  return (
    <div className="relative size-full">
      <ul aria-label="People" className="size-full">
        <One scene={scene} id={swapped ? selfId : large} size="stage" className="size-full max-sm:rounded-none" />
      </ul>
      {corner && !hidden && (
        <SelfCorner someone={corner} onSwap={() => setSwapped(!swapped)} onHide={() => setHidden(true)} />
      )}
      {hidden && (
        <button
          type="button"
          onClick={() => setHidden(false)}
          className="absolute right-5 bottom-5 z-3 min-h-11 rounded-full bg-[oklch(.14_.01_165/.7)] px-4 text-13 max-sm:bottom-[calc(7.25rem+env(safe-area-inset-bottom))]"
        >
          Show your picture
        </button>
      )}
    </div>
  );
}

/** Under the head and over the bar of a phone. */
const clear =
  "max-sm:px-2 max-sm:pt-[calc(4.5rem+env(safe-area-inset-top))] max-sm:pb-[calc(6.25rem+env(safe-area-inset-bottom))]";

function Grid({ scene, arrangement }: Scene & { arrangement: Extract<Arrangement, { kind: "grid" }> }) {
  const { ids, columns, pages } = arrangement;
  const rows = Math.ceil(ids.length / columns);
  const places = columns * 2;
  const alone = ids.length % columns;
  const shift = alone === 0 ? 0 : columns - alone;
  return (
    <div className={cx("relative flex size-full flex-col gap-3 max-sm:gap-2 sm:pt-[4.5rem] rail:pt-0!", clear)}>
      <ul
        aria-label="People"
        className="grid min-h-0 flex-1 gap-3 max-sm:gap-2"
        style={{
          gridTemplateColumns: `repeat(${places}, minmax(0, 1fr))`,
          gridTemplateRows: `repeat(${rows}, minmax(0, 1fr))`,
        }}
      >
        {ids.map((id, index) => {
          const startsLast = shift > 0 && index === ids.length - alone;
          // The last row stands in the middle when it is not full.
          const column = `${startsLast ? shift + 1 : "auto"} / span 2`;
          return <One key={id} scene={scene} id={id} size="tile" column={column} />;
        })}
      </ul>
      {pages > 1 && <Pages scene={scene} pages={pages} />}
    </div>
  );
}

const Pages = ({ scene, pages }: Scene & { pages: number }) => (
  <nav aria-label="Pages of people" className="flex items-center justify-center gap-4">
    <Round
      label="Earlier people"
      icon={ChevronLeft}
      disabled={scene.page === 0}
      onClick={() => scene.setPage(scene.page - 1)}
    />
    <p className="tabular-nums">
      {Math.min(scene.page + 1, pages)} of {pages}
    </p>
    <Round
      label="Later people"
      icon={ChevronRight}
      disabled={scene.page >= pages - 1}
      onClick={() => scene.setPage(scene.page + 1)}
    />
  </nav>
);

const stripClass =
  "flex min-h-0 shrink-0 gap-3 overflow-auto [scrollbar-width:none] max-sm:gap-2 sm:h-full sm:w-[clamp(9rem,15vw,14rem)] sm:flex-col";

const Strip = ({ scene, ids }: Scene & { ids: string[] }) => (
  <ul aria-label="People" className={stripClass}>
    {ids.map((id) => (
      <One key={id} scene={scene} id={id} size="tile" className="aspect-video shrink-0 max-sm:h-20" />
    ))}
  </ul>
);

const Large = ({ scene, large, strip }: Scene & { large: string; strip: string[] }) => (
  <div className={cx("flex size-full gap-3 max-sm:flex-col max-sm:gap-2 sm:pt-[4.5rem] rail:pt-0!", clear)}>
    <ul aria-label="In front" className="min-h-0 min-w-0 flex-1">
      <One scene={scene} id={large} size="tile" className="size-full" />
    </ul>
    <Strip scene={scene} ids={strip} />
  </div>
);

function Shared({ scene, sharer, strip }: Scene & { sharer: string; strip: string[] }) {
  const someone = someoneIn(scene.state, sharer);
  return (
    <div className={cx("flex size-full gap-3 max-sm:flex-col max-sm:gap-2 sm:pt-[4.5rem] rail:pt-0!", clear)}>
      <div className="min-h-0 min-w-0 flex-1">{someone && <ScreenPane someone={someone} />}</div>
      <Strip scene={scene} ids={strip} />
    </div>
  );
}
