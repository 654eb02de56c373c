import { sweepGhosts } from "@/lib/meetings/sweep";
import { turnMeetingsOver } from "@/lib/meetings/turn-over";
import { watchMinutes } from "@/lib/meetings/watch";
import { closeOrphans } from "@/lib/rooms/close";
import { closeSandboxes } from "@/lib/rooms/sandbox";
import { seconds } from "@/lib/time";
import { every, type Loop } from "./every";
import { systemCtx } from "./system";

const TURN_MS = seconds(2);
/** After a start the lines that it broke have time to come back before their places are given up. */
const KEEPS_PLACES_MS = seconds(30);
/** The sums are dearer than the sweep and may be a little older. */
const TURNS_PER_COUNT = 5;

/** Looks after the rooms: ghosts, limits, periods, and what a closed account or a trial left open. Any number of processes may do it. */
export function startRoomCare(): Loop {
  const startedAtMs = performance.now();
  let turn = 0;
  return every("room-care", TURN_MS, async () => {
    const ctx = systemCtx("room care");
    await sweepGhosts(ctx, { keepsPlaces: performance.now() - startedAtMs < KEEPS_PLACES_MS });
    if (turn++ % TURNS_PER_COUNT > 0) return;
    await turnMeetingsOver(ctx);
    await watchMinutes(ctx);
    await closeOrphans(ctx);
    await closeSandboxes(ctx);
  });
}
