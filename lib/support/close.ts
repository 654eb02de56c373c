import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, requireStaff, type TxCtx, type UserActor } from "@/lib/ctx";
import { lockAny, lockOwn, type RequestRow, turnTo } from "./internal";
import type { RequestRef } from "./schema";

/** Its person needs nothing more. Writing in it opens it again; closing it again changes nothing. */
export async function closeRequest(ctx: Ctx<UserActor>, { id }: RequestRef): Promise<RequestRef> {
  return inTx(ctx, async (ctx) => close(ctx, await lockOwn(ctx, id)));
}

/** Staff need nothing more. */
export async function closeAsStaff(ctx: Ctx<UserActor>, { id }: RequestRef): Promise<RequestRef> {
  requireStaff(ctx);
  return inTx(ctx, async (ctx) => close(ctx, await lockAny(ctx, id)));
}

async function close(ctx: TxCtx, request: RequestRow): Promise<RequestRef> {
  const { id, accountId, state } = request;
  if (state !== "closed") {
    await turnTo(ctx, request, { state: "closed" });
    await recordAudit(ctx, { accountId, action: "support.closed", target: id });
  }
  return { id };
}
