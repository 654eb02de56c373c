import { expect, test } from "vitest";
import { LISTEN_MS, mutedTalk } from "./muted-talk";

/** How often somebody is told, over so many readings. */
function toldOver(readings: number, level: (at: number) => number): number {
  const hears = mutedTalk();
  let told = 0;
  for (let at = 0; at < readings; at += 1) if (hears(level(at), at * LISTEN_MS)) told += 1;
  return told;
}

test("whoever talks is told once, and again a minute later", () => {
  const talk = (at: number) => (at % 3 === 0 ? 0.01 : 0.2);
  expect(toldOver(20, talk)).toBe(1);
  expect(toldOver(500, talk)).toBe(1);
  expect(toldOver(700, talk)).toBe(2);
});

test("a cough, a key and the noise of a room are not talk", () => {
  expect(toldOver(600, (at) => (at % 60 < 5 ? 0.5 : 0.01))).toBe(0);
  expect(toldOver(600, (at) => (at % 5 === 0 ? 0.5 : 0.01))).toBe(0);
  expect(toldOver(600, () => 0.03)).toBe(0);
});
