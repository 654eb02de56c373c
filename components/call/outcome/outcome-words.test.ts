import { expect, test } from "vitest";
import { outcomeWords } from "./outcome-words";

const REASONS = [
  ...([
    "left",
    "replaced",
    "kicked",
    "banned",
    "ended",
    "deleted",
    "room_not_found",
    "room_full",
    "room_locked",
  ] as const),
  ...([
    "link_spent",
    "plan_limit",
    "subscription_required",
    "forbidden",
    "no_link",
    "flood",
    "lost",
    "unreachable",
  ] as const),
];

test.each(REASONS)("%s has a title, a sentence and a way on, for members and guests", (reason) => {
  for (const isMember of [true, false]) {
    const { title, words, next } = outcomeWords({ reason, message: "It did not work." }, isMember);
    expect(title).toMatch(/\.$/);
    expect(words).toMatch(/\.$/);
    expect(next.length).toBeGreaterThan(0);
    if (!isMember) expect(next).not.toContain("rooms");
  }
});

test("who was removed is not led straight back in", () => {
  for (const reason of ["kicked", "banned"] as const)
    expect(outcomeWords({ reason, message: "" }, false).next).not.toContain("rejoin");
});
