import { and, count, eq, isNull, max, ne, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/ctx";
import { participants, rooms } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import type { Plan } from "@/lib/plans/catalogue";
import { planTitle } from "@/lib/plans/rules";
import { type Over, overIn } from "./rules";

/** Refuses a plan that does not hold what an account uses at this moment, and says what is over. */
export async function requireRoomFor(ctx: Ctx, accountId: Id<"account">, plan: Plan): Promise<void> {
  if (plan.family !== "rooms") return;
  const { roomsPerPeriod, participantsPerRoom } = plan.limits;
  const over = overIn(await roomsNow(ctx, accountId), {
    "open rooms": roomsPerPeriod,
    "people in one room": participantsPerRoom,
  });
  if (over.length === 0) return;
  throw new AppError(
    "plan_in_use",
    `${planTitle(plan)} does not hold what is in use: ${over.map(inWords).join(", ")}.`,
    {
      details: { over },
    },
  );
}

const inWords = ({ what, used, limit }: Over): string => `${used} ${what}, of which it has ${limit}`;

async function roomsNow({ db }: Ctx, accountId: Id<"account">): Promise<Record<string, number>> {
  const [open] = await db
    .select({ rooms: count(), seats: max(rooms.seats) })
    .from(rooms)
    .where(and(eq(rooms.accountId, accountId), isNull(rooms.closedAt)));
  const [fullest] = await db
    .select({ people: count() })
    .from(participants)
    .innerJoin(rooms, eq(rooms.id, participants.roomId))
    .where(and(eq(rooms.accountId, accountId), isNull(rooms.closedAt), ne(participants.state, "left")))
    .groupBy(participants.roomId)
    .orderBy(sql`count(*) desc`)
    .limit(1);
  return {
    "open rooms": open?.rooms ?? 0,
    "people in one room": Math.max(open?.seats ?? 0, fullest?.people ?? 0),
  };
}
