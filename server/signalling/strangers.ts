import { isMember } from "@/lib/accounts/queries";
import { leaveRoom } from "@/lib/meetings/leave";
import type { Line } from "./channels";
import { sayGoodbye } from "./news";
import { ctxOf } from "./on";
import type { Seats } from "./seats";

/** A call goes on for somebody who acts for another account meanwhile, and ends for somebody who is no member any more. */
export async function putOutStranger(seats: Seats, line: Line): Promise<void> {
  const { actor } = line.data;
  const seat = seats.of(line);
  if (!seat || actor.kind !== "user" || actor.accountId === seat.place.accountId) return;
  const ctx = ctxOf(line);
  if (await isMember(ctx, { userId: actor.userId, accountId: seat.place.accountId })) return;
  seats.remove(seat);
  await leaveRoom(ctx, seat.place);
  sayGoodbye(seat, seat.place.roomId, "kicked");
}
