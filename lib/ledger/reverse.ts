import type { Ctx } from "@/lib/ctx";
import { notFound } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { callBooks, posted, signed } from "./internal";
import type { Posted, Posting } from "./schema";

type Reversal = Pick<Posting, "cause" | "kind" | "detail"> & { reverses: Id<"transfer"> };

/** Undoes a transfer by one the other way: its lots get back what it took. A second reversal is refused. */
export async function reverseTransfer(ctx: Ctx, reversal: Reversal): Promise<Posted> {
  const answer = await callBooks(ctx, "reverse_transfer", { ...signed(ctx), ...reversal });
  if (answer.outcome === "missing") throw notFound("Transfer");
  return posted(answer);
}
