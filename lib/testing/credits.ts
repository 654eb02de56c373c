import { businessNow } from "@/lib/clock";
import { newId } from "@/lib/ids";
import { postTransfer } from "@/lib/ledger/post";
import type { Person } from "./people";

/** Uses up credits as a video would. */
export const spend = (who: Person, amount: number) =>
  postTransfer(
    { ...who.ctx, now: businessNow() },
    {
      cause: `test:${newId("req")}`,
      kind: "video.made",
      spends: true,
      recognises: "income_credits",
      legs: [
        { account: who.accountId, pot: "credits", amount: -amount },
        { pot: "burned", amount },
      ],
      detail: { title: "A video" },
    },
  );
