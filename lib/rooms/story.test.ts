import { expect, test } from "vitest";
import { leaveRoom } from "@/lib/meetings/leave";
import { moderate } from "@/lib/meetings/moderate";
import { resumeRoom } from "@/lib/meetings/resume";
import { aPerson } from "@/lib/testing/people";
import { aGuest, aRoom, enter } from "@/lib/testing/rooms";
import { listInside, listMeetings } from "./queries";
import { getMeeting } from "./story";

test("a meeting tells who was there, how often they came back, and how they left", async () => {
  const room = await aRoom();
  const { host, roomId } = room;
  const guest = await aGuest(room, { name: "Noor" });
  const place = await enter(host.ctx, roomId, { name: "Dana" });
  const first = await enter(guest.ctx, roomId);
  const again = await resumeRoom(guest.ctx, { ...first, lastSeq: 0 });
  await moderate(host.ctx, { line: place, act: { action: "kick", participantId: again.participantId } });
  expect((await listInside(host.ctx)).map(({ name }) => name)).toEqual(["Dana"]);
  await leaveRoom(host.ctx, place);

  const [meeting] = (await listMeetings(host.ctx, { id: roomId, limit: 10 })).meetings;
  if (!meeting) throw new Error("No meeting took place");
  const story = await getMeeting(host.ctx, { id: roomId, meetingId: meeting.id });
  expect(story.people).toMatchObject([
    { name: "Dana", leftReason: "left", stretches: [{ returns: 0 }] },
    { name: "Noor", leftReason: "kicked", stretches: [{ returns: 1 }] },
  ]);
  expect(story.events.map(({ name }) => name)).toContain("user-resumed");

  const stranger = await aPerson();
  await expect(getMeeting(stranger.ctx, { id: roomId, meetingId: meeting.id })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await listInside(stranger.ctx)).toEqual([]);
});
