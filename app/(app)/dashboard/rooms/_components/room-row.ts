import type { Inside, Room } from "@/lib/rooms/schema";
import { formatDay } from "@/lib/time";

/** A room as the list shows it. */
export type RoomRow = {
  id: Room["id"];
  name: string;
  kind: string;
  open: boolean;
  locked: boolean;
  waitingRoom: boolean;
  seats: string;
  when: string;
  inside: { id: string; name: string }[];
};

export const roomRow = (room: Room, inside: Inside[]): RoomRow => ({
  id: room.id,
  name: room.name,
  kind: room.type === "video" ? "Video" : "Voice",
  open: room.state === "open",
  locked: room.locked,
  waitingRoom: room.waitingRoom,
  seats: `${room.participants} of ${room.maxParticipants}`,
  when: formatDay(room.closedAt ?? room.createdAt),
  inside: inside.filter(({ roomId }) => roomId === room.id).map(({ id, name }) => ({ id, name })),
});
