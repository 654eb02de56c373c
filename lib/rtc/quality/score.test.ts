import { expect, test } from "vitest";
import type { Figures } from "./counters";
import { levelOf, reasonOf, scoreOf, smooth } from "./score";

const still = { kbps: 0, lossPercent: 0, jitterMs: 0, fps: 0, width: 0, height: 0 };
const figures = (change: Partial<Figures> = {}): Figures =>
  ({
    ...{ id: "participant_x", rttMs: 40, route: "direct", protocol: "udp", availableOutKbps: 2_000, limitedBy: null },
    ...{ audioIn: still, videoIn: still, audioOut: still, videoOut: still, arrived: 100 },
    ...change,
  }) as Figures; // the id is as good as a real one here
const lost = (lossPercent: number) => ({ ...still, lossPercent });
const both = { sendsAudio: true, sendsVideo: true };

test.each([
  ["a line without faults", figures(), "good"],
  ["a long way", figures({ rttMs: 500 }), "fair"],
  ["a little loss", figures({ videoIn: lost(8) }), "fair"],
  ["much loss", figures({ audioIn: lost(60) }), "poor"],
  ["nothing at all", figures({ arrived: 0 }), "lost"],
] as const)("%s", (_, seen, level) => {
  expect(levelOf(scoreOf(seen, both))).toBe(level);
});

test("of somebody who sends nothing, nothing is missed", () => {
  expect(levelOf(scoreOf(figures({ arrived: 0 }), { sendsAudio: false, sendsVideo: false }))).toBe("good");
});

test("a score falls at once and rises slowly", () => {
  const fallen = smooth(100, 20);
  expect(levelOf(fallen)).toBe("poor");
  expect(levelOf(smooth(fallen, 100))).toBe("fair");
  expect(smooth(undefined, 55)).toBe(55);
});

test.each([
  [figures({ videoIn: lost(9) }), "their_upload"],
  [figures({ videoIn: lost(9), videoOut: lost(4) }), "your_download"],
  [figures({ videoIn: lost(2), videoOut: lost(9) }), "your_upload"],
  [figures({ limitedBy: "cpu" }), "your_computer"],
  [figures({ rttMs: 700 }), "delay"],
] as const)("it says whose side it is: %#", (seen, reason) => {
  expect(reasonOf(seen, "fair")).toBe(reason);
  expect(reasonOf(seen, "good")).toBeNull();
});
