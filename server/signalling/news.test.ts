import { expect, test } from "vitest";
import { type Id, newId } from "@/lib/ids";
import type { Place } from "@/lib/meetings/schema";
import type { Line } from "./channels";
import { applyNews, release } from "./news";
import { createSeats, type RoomNews } from "./seats";

const roomId = newId("room");

/** As much of a line as news need. */
function aLine() {
  const heard: unknown[] = [];
  const line = { id: newId("req"), data: {}, emit: (name: string) => heard.push(name), leave: () => undefined };
  return { line: line as unknown as Line, heard };
}

const placeOf = (participantId: Id<"participant">): Place => ({
  ...{ outcome: "inside", roomId, accountId: newId("account"), participantId, epoch: 1 },
  ...{ role: "speaker", name: "Noor", joinedSeq: 2, resumeToken: "" },
});

const left = (participantId: Id<"participant">, seq: number): RoomNews => ({
  ...{ roomId, seq, name: "user-left", audience: null, ts: 0 },
  body: { participantId, userId: participantId, reason: "left" },
});

test("whoever leaves while somebody's picture of the room is taken is not put back by it", () => {
  const seats = createSeats();
  const [own, gone, there] = [newId("participant"), newId("participant"), newId("participant")];
  const { line, heard } = aLine();
  const { seat } = seats.put(line, placeOf(own));

  applyNews(seats, left(gone, 8));
  // The picture is of the moment before.
  for (const id of [own, gone, there]) seat.people.set(id, "Somebody");
  release(seat, 7);

  expect([...seat.people.keys()]).toEqual([own, there]);
  expect(heard).toEqual(["user-left"]);
});

test("what a picture knows already takes nobody out who came back after it", () => {
  const seats = createSeats();
  const [own, other] = [newId("participant"), newId("participant")];
  const { line, heard } = aLine();
  const { seat } = seats.put(line, placeOf(own));

  applyNews(seats, left(other, 6));
  seat.people.set(other, "Somebody");
  release(seat, 7);

  expect(seat.people.has(other)).toBe(true);
  expect(heard).toEqual([]);
});
