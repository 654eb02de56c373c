import type { Id } from "@/lib/ids";
import type { RoomRole } from "@/lib/protocol/room-parts";
import type { JoinRoom as Asked, RoomInput } from "@/lib/protocol/rooms";

export type JoinRoom = Asked;
export type ResumeRoom = RoomInput<"resume-room">;

/** One line into a room. The next line of the same person has a higher epoch and puts an end to this one. */
export type Line = { roomId: Id<"room">; participantId: Id<"participant">; epoch: number };

/** A place in a room, as whoever holds the line knows it. */
export type Place = Line & {
  outcome: "inside";
  accountId: Id<"account">;
  role: RoomRole;
  name: string;
  joinedSeq: number;
  resumeToken: string;
};

/** A place at the door. */
export type Waiting = Line & { outcome: "waiting"; accountId: Id<"account"> };
