import { expect, test } from "vitest";
import { newId } from "@/lib/ids";
import type { MeetingStory } from "@/lib/rooms/schema";
import { timelineOf } from "./timeline";

const at = (second: number) => new Date(Date.UTC(2026, 10, 28, 12, 0, second));
const noor = newId("participant");

const story: MeetingStory = {
  id: newId("meeting"),
  startedAt: at(0),
  endedAt: at(50),
  roomSeconds: 30,
  participantSeconds: 70,
  mostAtOnce: 2,
  messages: 0,
  people: [
    {
      id: newId("participant"),
      name: "Dana",
      role: "host",
      link: null,
      arrivedAt: at(0),
      leftAt: at(50),
      leftReason: "ended",
      stretches: [{ fromAt: at(0), untilAt: at(50), returns: 0 }],
    },
    {
      id: noor,
      name: "Noor",
      role: "speaker",
      link: "Press",
      arrivedAt: at(5),
      leftAt: at(45),
      leftReason: "kicked",
      stretches: [{ fromAt: at(10), untilAt: at(45), returns: 1 }],
    },
  ],
  events: [
    { at: at(20), name: "user-reconnecting", participantId: noor, body: {} },
    { at: at(22), name: "user-media-toggled", participantId: noor, body: { type: "audio", enabled: false } },
    { at: at(23), name: "user-resumed", participantId: noor, body: {} },
  ],
};

test("a call is told from the knock at the door to the last one who left, in its order", () => {
  expect(timelineOf(story).map(({ who, what }) => `${who} ${what}`)).toEqual([
    "Dana came in",
    "Noor knocked, and waited at the door",
    "Noor came in by the link “Press”",
    "Noor lost the line",
    "Noor came back on another line",
    "Noor had lost the line once and came back",
    "Noor was removed",
    "Dana was inside to the end",
  ]);
});

test("a call that runs does not say of anybody that they left", () => {
  const people = story.people.map((person) => ({ ...person, leftAt: null, leftReason: null }));
  const steps = timelineOf({ ...story, endedAt: null, people, events: [] });
  expect(steps.map(({ what }) => what)).not.toContain("left");
});
