import type { Ctx } from "@/lib/ctx";
import { notFound } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import type { HousePot } from "@/lib/pots";
import { callBooks, posted, signed } from "./internal";
import type { HoldState, Leg, Posted } from "./schema";

type Close = {
  account: Id<"account">;
  holdId: Id<"hold">;
  kind: string;
  detail?: Record<string, unknown>;
};

export type Closed = Posted & { state: HoldState; used: number };

/** Uses up to what was set aside and gives back the rest. The legs say where the used part goes. */
export const settle = (
  ctx: Ctx,
  { legs, ...close }: Close & { used: number; legs: readonly Leg[]; recognises?: HousePot },
): Promise<Closed> => closeHold(ctx, { ...close, state: "settled", legs: legs.filter(({ amount }) => amount !== 0) });

/** Gives all of it back. */
export const release = (ctx: Ctx, close: Close): Promise<Closed> =>
  closeHold(ctx, { ...close, state: "released", used: 0 });

/** Gives back what nobody closed in time. */
export const expire = (ctx: Ctx, close: Close): Promise<Closed> =>
  closeHold(ctx, { ...close, state: "expired", used: 0 });

/** Closing a hold again changes nothing, and answers how it was closed. */
async function closeHold(
  ctx: Ctx,
  asked: Close & { state: HoldState; used: number; legs?: readonly Leg[]; recognises?: HousePot },
): Promise<Closed> {
  const answer = await callBooks<{ state: HoldState; used: number }>(ctx, "close_hold", { ...signed(ctx), ...asked });
  if (answer.outcome === "missing") throw notFound("Hold");
  return { ...posted(answer), state: answer.state, used: answer.used };
}
