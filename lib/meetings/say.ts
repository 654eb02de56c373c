import { eq } from "drizzle-orm";
import { type Ctx, inTx, type RoomActor, type TxCtx } from "@/lib/ctx";
import { participants } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import type { MediaKind } from "@/lib/protocol/room-parts";
import type { RoomInput } from "@/lib/protocol/rooms";
import { type ParticipantRow, requireInside } from "./internal";
import { lockRoom } from "./lock";
import { grantsOf, mediaAllowed } from "./rules";
import type { Line } from "./schema";
import { tellRoom } from "./tell";

const COLUMN = { audio: "hasAudio", video: "hasVideo", screen: "hasScreen" } as const satisfies Record<
  MediaKind,
  keyof ParticipantRow
>;

/** Says that somebody turned their sound, picture or screen on or off. */
export async function toggleMedia(
  ctx: Ctx<RoomActor>,
  { line, media, enabled }: { line: Line } & RoomInput<"toggle-media">,
): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const room = await lockRoom(ctx, line.roomId);
    const row = await requireInside(ctx, room.id, line.participantId);
    const all = { audio: true, video: true, screen: true };
    if (enabled && !mediaAllowed(all, row.role, room.kind)[media])
      throw new AppError("forbidden", grantsOf(row.role).publish ? "This is a voice room." : "You are here to listen.");
    await turn(ctx, row, { media, enabled, by: row.id });
  });
}

/** Says it of a person in a locked room, whoever turned it. What is so already is not said again. */
export async function turn(
  ctx: TxCtx,
  row: ParticipantRow,
  { media, enabled, by }: { media: MediaKind; enabled: boolean; by: ParticipantRow["id"] },
): Promise<void> {
  if (row[COLUMN[media]] === enabled) return;
  await ctx.db
    .update(participants)
    .set({ [COLUMN[media]]: enabled })
    .where(eq(participants.id, row.id));
  await tellRoom(ctx, row.roomId, "user-media-toggled", {
    participantId: row.id,
    userId: row.id,
    type: media,
    mediaType: media,
    enabled,
    by,
  });
}

/** A new name, or a hand up or down. */
export async function updateParticipant(
  ctx: Ctx<RoomActor>,
  { line, name, hand }: { line: Line } & RoomInput<"update-participant">,
): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const room = await lockRoom(ctx, line.roomId);
    const row = await requireInside(ctx, room.id, line.participantId);
    await change(ctx, row, { name: name ?? row.name, hasHandUp: hand ?? row.hasHandUp }, row.id);
  });
}

/** Says what changed about a person in a locked room. */
export async function change(
  ctx: TxCtx,
  before: ParticipantRow,
  changes: Partial<Pick<ParticipantRow, "name" | "hasHandUp" | "role">>,
  by: ParticipantRow["id"],
): Promise<void> {
  const [row] = await ctx.db.update(participants).set(changes).where(eq(participants.id, before.id)).returning();
  if (!row) return;
  await tellRoom(ctx, row.roomId, "user-updated", {
    participantId: row.id,
    userId: row.id,
    name: row.name,
    userName: row.name,
    hand: row.hasHandUp,
    role: row.role,
    by,
  });
}
