import type { Ctx } from "@/lib/ctx";
import { requireTimeMachine, targetOf, turnHand, wayOf } from "./internal";
import { alone } from "./journey";
import type { MoveClock } from "./schema";

/** Moves business time forward in one step, past whatever is due between. The conductor is what does that work on the way. */
export async function moveClock(ctx: Ctx, input: MoveClock): Promise<void> {
  requireTimeMachine();
  const way = await wayOf(input);
  await alone(() => turnHand(ctx, ({ now, elapsed }) => ({ now: targetOf(way, now), movedAt: elapsed })));
}
