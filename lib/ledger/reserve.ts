import type { Ctx } from "@/lib/ctx";
import { type Id, newId } from "@/lib/ids";
import { callBooks, posted, signed } from "./internal";
import type { HoldState, Posted, Reservation } from "./schema";

export type Reserved = Posted & { holdId: Id<"hold">; state: HoldState };

/** Sets something aside before it is delivered. The same purpose and turn again answers the hold that is there. */
export async function reserve(ctx: Ctx, { lastsMs, detail, ...hold }: Reservation): Promise<Reserved> {
  const answer = await callBooks<{ holdId: Id<"hold">; state: HoldState }>(ctx, "reserve_hold", {
    ...signed(ctx),
    kind: `${hold.purpose}.held`,
    ...(detail && { detail }),
    hold: { ...hold, id: newId("hold"), lastsSeconds: lastsMs / 1_000 },
  });
  return { ...posted(answer), holdId: answer.holdId, state: answer.state };
}
