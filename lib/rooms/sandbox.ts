import { and, eq, isNull, lte } from "drizzle-orm";
import { SANDBOX_ACCOUNT } from "@/lib/accounts/sandbox";
import { type Ctx, inTx, type SystemActor, type TxCtx } from "@/lib/ctx";
import { accounts, rooms } from "@/lib/db/schema";
import { grantRooms } from "@/lib/entitlements/grant";
import { lockEntitlements } from "@/lib/entitlements/queries";
import { monthAround } from "@/lib/entitlements/rules";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { type Id, newId } from "@/lib/ids";
import { type Limit, networkOf, takeTurn } from "@/lib/limits";
import { earlier, hours, minutes } from "@/lib/time";
import { shut } from "./close";

export const SANDBOX_LASTS_MS = minutes(10);
const SEATS = 2;
const MOST_AT_ONCE = 40;
/** A month of it may cost the operator so much and no more. */
const MINUTES_A_MONTH = 20_000;
const ANCHOR = new Date(Date.UTC(2026, 0, 1));

const turns = (): Limit => ({ count: env().SANDBOX_ROOMS, windowMs: hours(1) });

/** Whether this deployment lets strangers try rooms out at all. */
export const hasSandbox = (): boolean => env().SANDBOX_ROOMS > 0;

/**
 * Opens a room of the house for two, which ends by itself. It counts against nobody's plan; an address gets a few an
 * hour, and all of them together are few.
 */
export async function openSandbox(ctx: Ctx): Promise<Id<"room">> {
  if (!hasSandbox()) throw new AppError("forbidden", "This server has no rooms to try out. Sign in to use your own.");
  takeTurn(`sandbox:${networkOf(ctx.origin.ip)}`, turns());

  return inTx({ ...ctx, actor: { kind: "system", name: "sandbox" } }, async (ctx) => {
    await keepHouse(ctx);
    const open = await ctx.db.$count(rooms, and(eq(rooms.accountId, SANDBOX_ACCOUNT), isNull(rooms.closedAt)));
    if (open >= MOST_AT_ONCE)
      throw new AppError("unavailable", "All rooms to try out are in use. Try again in a few minutes.");
    const id = newId("room");
    await ctx.db.insert(rooms).values({
      ...{ id, accountId: SANDBOX_ACCOUNT, createdBy: SANDBOX_ACCOUNT, createdAt: ctx.now },
      ...{ name: "Sandbox", kind: "video", seats: SEATS },
    });
    return id;
  });
}

/** Ends the rooms that were tried out for long enough. */
export async function closeSandboxes(ctx: Ctx<SystemActor>): Promise<void> {
  const over = and(
    eq(rooms.accountId, SANDBOX_ACCOUNT),
    isNull(rooms.closedAt),
    lte(rooms.createdAt, earlier(ctx.now, SANDBOX_LASTS_MS)),
  );
  const found = await ctx.db.select({ id: rooms.id }).from(rooms).where(over).limit(MOST_AT_ONCE);
  for (const { id } of found)
    await inTx(ctx, async (ctx) => {
      const [room] = await ctx.db
        .select()
        .from(rooms)
        .where(and(eq(rooms.id, id), over))
        .for("no key update");
      if (room) await shut(ctx, room);
    });
}

/** The house's account and what it may use this month, locked so that its rooms are counted by one at a time. */
async function keepHouse(ctx: TxCtx): Promise<void> {
  await ctx.db.insert(accounts).values({ id: SANDBOX_ACCOUNT, name: "Sandbox", kind: "team" }).onConflictDoNothing();
  if (await lockEntitlements(ctx, SANDBOX_ACCOUNT)) return;
  const { start, end } = monthAround(ANCHOR, ctx.now);
  await grantRooms(ctx, {
    accountId: SANDBOX_ACCOUNT,
    features: {
      ...{ maxRooms: Number.MAX_SAFE_INTEGER, maxParticipants: SEATS, maxMinutes: MINUTES_A_MONTH },
      ...{ branding: "parley", whiteLabel: false },
    },
    periodStart: start,
    periodEnd: end,
  });
}
