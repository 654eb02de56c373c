import type { MeetingEvent, MeetingPerson, MeetingStory } from "@/lib/rooms/schema";
import { seconds } from "@/lib/time";

/** One thing that happened in a call, in the words of the page. */
export type Step = { key: string; at: Date; who: string; what: string };

const WAITED_MS = seconds(1);

const LEFT: Record<string, string> = {
  left: "left",
  lost: "was lost: the line did not come back",
  kicked: "was removed",
  banned: "was removed for good",
  replaced: "went on with another device",
  ended: "was inside to the end",
  refused: "was not let in",
};

const LIMIT = { 80: "80 percent of the plan’s minutes are used", 100: "The plan’s minutes are used up" };

/** Everything that is known of a call, in the order in which it happened. */
export function timelineOf({ people, events, endedAt }: MeetingStory): Step[] {
  const names = new Map<string, string>(people.map(({ id, name }) => [id, name]));
  const steps = [
    ...people.flatMap((person) => stepsOf(person, endedAt)),
    ...events.flatMap((event, index) => toldOf(event, names, index)),
  ];
  return steps.sort((one, other) => one.at.getTime() - other.at.getTime());
}

function stepsOf(person: MeetingPerson, endedAt: Date | null): Step[] {
  const { id, name, link, arrivedAt, leftAt, leftReason, stretches } = person;
  const step = (key: string, at: Date, what: string): Step => ({ key: `${id}-${key}`, at, who: name, what });
  const [first] = stretches;
  const waited = first && first.fromAt.getTime() - arrivedAt.getTime() >= WAITED_MS;
  const way = link === null ? "" : ` by the link “${link}”`;
  const coming = stretches.flatMap(({ fromAt, untilAt, returns }, index) => [
    step(`in-${index}`, fromAt, index === 0 ? `came in${way}` : "came back after more than 20 seconds"),
    ...(returns > 0 ? [step(`returns-${index}`, untilAt ?? endedAt ?? fromAt, returnsWords(returns))] : []),
  ]);
  const isOver = leftAt !== null && (endedAt === null || leftAt <= endedAt);
  return [
    ...(waited ? [step("door", arrivedAt, "knocked, and waited at the door")] : []),
    ...coming,
    ...(isOver ? [step("out", leftAt, LEFT[leftReason ?? "left"] ?? "left")] : []),
  ];
}

const returnsWords = (count: number) =>
  count === 1 ? "had lost the line once and came back" : `had lost the line ${count} times and came back`;

function toldOf({ at, name, participantId, body }: MeetingEvent, names: Map<string, string>, index: number): Step[] {
  const step = (what: string, who = ""): Step[] => [{ key: `event-${index}`, at, who, what }];
  const who = (participantId && names.get(participantId)) || "Somebody";
  switch (name) {
    case "user-reconnecting":
      return step("lost the line", who);
    case "user-resumed":
      return step("came back on another line", who);
    case "user-media-toggled":
      if (body.type !== "screen") return [];
      return step(body.enabled === true ? "shared a screen" : "stopped sharing", who);
    case "room-updated":
      return step(`The room is ${body.locked === true ? "locked" : "open"} and called “${String(body.name)}”`);
    case "limit-warning":
      return step(body.percent === 100 ? LIMIT[100] : LIMIT[80]);
    case "room-ended":
      return step(String(body.message));
    default:
      return [];
  }
}
