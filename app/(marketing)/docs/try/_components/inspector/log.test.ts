import { expect, test } from "vitest";
import type { Seen } from "@/lib/sdk/debug";
import { asLines, matching } from "./entries";
import { createLog, MOST_ENTRIES } from "./log";

const seen = (name: string, change: Partial<Seen> = {}): Seen => ({
  ...{ source: "signalling", direction: "out", kind: "ask", name, body: { roomId: "room_1" }, atMs: 1_500 },
  ...change,
});
const namesIn = (log: ReturnType<typeof createLog>) => log.getSnapshot().shown.map((entry) => entry.seen.name);

test("keeps the last ones and lets the older go", () => {
  const log = createLog();
  for (let at = 0; at <= MOST_ENTRIES; at += 1) log.add("Noor", seen(`frame-${at}`));
  expect(namesIn(log)).toHaveLength(MOST_ENTRIES);
  expect(namesIn(log)[0]).toBe("frame-1");
});

test("stands still while it is paused, and loses nothing meanwhile", () => {
  const log = createLog();
  log.begin(1_000);
  log.add("Noor", seen("join-room"));
  log.pause(true);
  log.add("Dana", seen("offer"));
  expect(namesIn(log)).toEqual(["join-room"]);
  expect(log.getSnapshot().waiting).toHaveLength(1);
  log.pause(false);
  expect(namesIn(log)).toEqual(["join-room", "offer"]);
  log.clear();
  expect(log.getSnapshot()).toEqual({ shown: [], waiting: [], isPaused: false });
});

test("is filtered by every word and by source, and copied as a line of JSON each", () => {
  const log = createLog();
  log.begin(1_000);
  log.add("Noor", seen("offer", { body: { sdp: "v=0" } }));
  log.add("Dana", seen("userJoined", { source: "sdk", kind: "event", direction: "in" }));
  const { shown } = log.getSnapshot();
  expect(matching(shown, { text: "noor V=0", source: "all" })).toHaveLength(1);
  expect(matching(shown, { text: "", source: "sdk" }).map(({ who }) => who)).toEqual(["Dana"]);
  expect(matching(shown, { text: "answer", source: "all" })).toEqual([]);
  expect(
    asLines(shown)
      .split("\n")
      .map((line) => JSON.parse(line))[0],
  ).toEqual({
    ...{ afterMs: 500, who: "Noor", source: "signalling", direction: "out" },
    ...{ kind: "ask", name: "offer", body: { sdp: "v=0" } },
  });
});
