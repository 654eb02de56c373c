import type { TxCtx } from "@/lib/ctx";
import type { Id } from "@/lib/ids";
import type { AccountChange, ServerEvents } from "@/lib/protocol/account";
import { enqueueSocket } from "./enqueue";

const EVENT: keyof ServerEvents = "account:changed";

/** Has the pages that are open for an account fetch again, once this transaction commits. */
export const announceChange = (ctx: TxCtx, accountId: Id<"account">, what: AccountChange): Promise<void> =>
  enqueueSocket(ctx, { accountId, event: EVENT, body: { what } });
