import { expect, test } from "vitest";
import { actionsOn, overIn, standingOf, whyNot } from "./rules";
import { ACTIONS, type Action, Subscription } from "./schema";

const STATES = Subscription.shape.status.options;
const NOW = new Date("2026-03-10T00:00:00Z");
const LATER = new Date("2026-03-20T00:00:00Z");

type Row = Record<Action, 0 | 1>;
const row = (pay: 0 | 1, up: 0 | 1, down: 0 | 1, cancel: 0 | 1, now: 0 | 1, undo: 0 | 1, resume: 0 | 1): Row => ({
  ...{ pay, upgrade: up, downgrade: down, cancel, cancel_now: now, undo, resume },
});

/** Every state, as it is, about to end, and about to have another plan. */
const MATRIX: Record<(typeof STATES)[number], [plain: Row, ending: Row, changing: Row]> = {
  new: [row(0, 0, 0, 0, 1, 0, 0), row(0, 0, 0, 0, 1, 1, 0), row(0, 0, 0, 0, 1, 1, 0)],
  incomplete: [row(1, 0, 0, 0, 1, 0, 0), row(1, 0, 0, 0, 1, 1, 0), row(1, 0, 0, 0, 1, 1, 0)],
  trialing: [row(0, 1, 1, 1, 1, 0, 0), row(0, 0, 0, 0, 1, 1, 0), row(0, 1, 0, 1, 1, 1, 0)],
  active: [row(0, 1, 1, 1, 1, 0, 0), row(0, 0, 0, 0, 1, 1, 0), row(0, 1, 0, 1, 1, 1, 0)],
  past_due: [row(1, 0, 0, 1, 1, 0, 0), row(1, 0, 0, 0, 1, 1, 0), row(1, 0, 0, 1, 1, 1, 0)],
  unpaid: [row(1, 0, 0, 0, 1, 0, 0), row(1, 0, 0, 0, 1, 1, 0), row(1, 0, 0, 0, 1, 1, 0)],
  paused: [row(0, 0, 0, 0, 1, 0, 1), row(0, 0, 0, 0, 1, 1, 1), row(0, 0, 0, 0, 1, 1, 1)],
  canceled: [row(0, 0, 0, 0, 0, 0, 0), row(0, 0, 0, 0, 0, 0, 0), row(0, 0, 0, 0, 0, 0, 0)],
  expired: [row(0, 0, 0, 0, 0, 0, 0), row(0, 0, 0, 0, 0, 0, 0), row(0, 0, 0, 0, 0, 0, 0)],
  refused: [row(0, 0, 0, 0, 0, 0, 0), row(0, 0, 0, 0, 0, 0, 0), row(0, 0, 0, 0, 0, 0, 0)],
};

test("in every state every action is either allowed or refused with a sentence", () => {
  expect(Object.keys(MATRIX)).toEqual(STATES);
  for (const state of STATES) {
    const facts = { state, pastDueAt: null, cancelAt: null, nextPlanId: null };
    const [plain, ending, changing] = MATRIX[state];
    const forms = [
      [facts, plain],
      [{ ...facts, cancelAt: LATER }, ending],
      [{ ...facts, nextPlanId: "rooms-starter" }, changing],
    ] as const;
    for (const [form, expected] of forms) {
      const can = Object.fromEntries(ACTIONS.map((action) => [action, actionsOn(form).includes(action) ? 1 : 0]));
      expect([state, form, can]).toEqual([state, form, expected]);
      for (const action of ACTIONS) expect(whyNot(form, action)).toMatch(/^[A-Z].*\.$/);
    }
  }
});

test.each([
  ["new", null, null, "starting"],
  ["incomplete", null, null, "starting"],
  ["trialing", null, null, "trial"],
  ["active", null, null, "good"],
  ["active", null, LATER, "good"],
  ["active", null, NOW, "ended"],
  ["past_due", new Date("2026-03-04T00:00:00Z"), null, "grace"],
  ["past_due", new Date("2026-03-03T00:00:00Z"), null, "suspended"],
  ["unpaid", new Date("2026-02-03T00:00:00Z"), null, "suspended"],
  ["paused", null, null, "paused"],
  ["canceled", null, null, "ended"],
  ["expired", null, null, "ended"],
  ["refused", null, null, "ended"],
] as const)("%s, behind since %s and ending %s, is %s", (state, pastDueAt, cancelAt, standing) =>
  expect(standingOf({ state, pastDueAt, cancelAt, nextPlanId: null }, NOW)).toBe(standing),
);

test("says what of present use is over, and nothing where all of it fits", () => {
  expect(overIn({ rooms: 6, people: 10 }, { rooms: 5, people: 10 })).toEqual([{ what: "rooms", used: 6, limit: 5 }]);
  expect(overIn({}, { rooms: 5 })).toEqual([]);
});
