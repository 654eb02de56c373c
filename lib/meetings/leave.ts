import { type Ctx, inTx, type RoomActor, type SystemActor, type TxCtx } from "@/lib/ctx";
import type { participants } from "@/lib/db/schema";
import { toRefusal } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { closePresence, findIn, hashOf, takeOut } from "./internal";
import { lockRoom } from "./lock";
import type { Line } from "./schema";
import { tellSome } from "./tell";

type Leaving = Ctx<RoomActor | SystemActor>;

/** Gives a place up for good. A line that another one took over, or that has left already, changes nothing. */
export async function leaveRoom(ctx: Leaving, line: Line): Promise<void> {
  await overLine(ctx, line, async (tx, row) => {
    await takeOut(tx, row, "left");
    if (row.state !== "inside") await withdraw(tx, row);
  });
}

/** The same for a page that is being closed and has nothing but its secret left to show. */
export async function leaveBySecret(
  ctx: Ctx<SystemActor>,
  input: { roomId: Id<"room">; participantId: Id<"participant">; resumeToken: string },
): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const room = await lockRoom(ctx, input.roomId);
    const row = await findIn(ctx, room.id, input.participantId);
    if (row?.state === "inside" && row.resumeHash === hashOf(input.resumeToken)) await takeOut(ctx, row, "left");
  });
}

/**
 * A line broke. The place is kept for a while and no time is counted meanwhile; whoever was waiting at the door has
 * to knock again.
 */
export async function dropLine(ctx: Leaving, line: Line & { heardToTheEnd: boolean }): Promise<void> {
  await overLine(ctx, line, async (tx, row) => {
    if (row.state === "inside") return closePresence(tx, row.id, line.heardToTheEnd ? "now" : "last seen");
    await takeOut(tx, row, "left");
    await withdraw(tx, row);
  });
}

type Row = typeof participants.$inferSelect;

async function overLine(ctx: Leaving, line: Line, work: (tx: TxCtx, row: Row) => Promise<void>): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const room = await lockRoom(ctx, line.roomId);
    const row = await findIn(ctx, room.id, line.participantId);
    if (row && row.epoch === line.epoch && row.state !== "left") await work(ctx, row);
  }).catch((error) => {
    // A room that was closed meanwhile has let everybody go.
    if (toRefusal(error).code !== "not_found") throw error;
  });
}

const withdraw = (ctx: TxCtx, { id, roomId }: Row): Promise<void> =>
  tellSome(ctx, { roomId, audience: "moderators", name: "knock-gone" }, { knockId: id });
