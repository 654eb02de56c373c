import type { Ctx } from "@/lib/ctx";
import { callBooks, posted, signed } from "./internal";
import type { Posted, Posting } from "./schema";

/** Moves value between pots: all legs or none, once for one cause, and never below zero. The only door to the books. */
export async function postTransfer(ctx: Ctx, { legs, ...posting }: Posting): Promise<Posted> {
  const moving = legs.filter(({ amount }) => amount !== 0);
  return posted(await callBooks(ctx, "post_transfer", { ...signed(ctx), ...posting, legs: moving }));
}
