import { expect, test } from "vitest";
import { Recovery, type Step } from "./recovery";

/** A connection whose time passes by hand, and the steps that were taken to mend it, each with its moment. */
function aConnection({ leads = true }: { leads?: boolean } = {}) {
  const taken: { step: Step; atMs: number }[] = [];
  const standing = { leads, canSignal: true };
  let nowMs = 0;
  let planned: { atMs: number; work(): void }[] = [];

  const recovery = new Recovery({
    take: (step) => void taken.push({ step, atMs: nowMs }),
    isLeader: () => standing.leads,
    canSignal: () => standing.canSignal,
    after: (waitMs, work) => {
      const own = { atMs: nowMs + waitMs, work };
      planned.push(own);
      return () => {
        planned = planned.filter((one) => one !== own);
      };
    },
  });
  const pass = (durationMs: number): void => {
    const untilMs = nowMs + durationMs;
    for (;;) {
      const [next] = planned.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
      if (!next) break;
      planned = planned.filter((one) => one !== next);
      nowMs = next.atMs;
      next.work();
    }
    nowMs = untilMs;
  };
  const sound = () => {
    recovery.begun();
    recovery.heard("connected");
    return { recovery, taken, standing, pass, isQuiet: () => planned.length === 0 };
  };
  return { recovery, taken, standing, pass, sound, isQuiet: () => planned.length === 0 };
}

test("a silence that ends within two seconds is nothing", () => {
  const { recovery, taken, pass, isQuiet } = aConnection().sound();
  recovery.heard("disconnected");
  pass(1_900);
  recovery.heard("connected");
  pass(60_000);
  expect(taken).toEqual([]);
  expect(isQuiet()).toBe(true);
});

test("a longer one looks for another way, and where that has not helped in fifteen seconds makes a new connection", () => {
  const { recovery, taken, pass } = aConnection().sound();
  recovery.heard("disconnected");
  pass(2_000 + 3 * 15_000);
  expect(taken).toEqual([
    { step: "restart", atMs: 2_000 },
    { step: "rebuild", atMs: 17_000 },
    { step: "rebuild", atMs: 32_000 },
    { step: "rebuild", atMs: 47_000 },
  ]);
});

test("the end that did not make the last offer lets the other go first", () => {
  const { recovery, taken, pass } = aConnection({ leads: false }).sound();
  recovery.heard("disconnected");
  pass(3_900);
  expect(taken).toEqual([]);
  pass(100);
  expect(taken).toEqual([{ step: "restart", atMs: 4_000 }]);
});

test("a connection that failed is not waited for, and failing again after a restart makes a new one", () => {
  const { recovery, taken, pass } = aConnection().sound();
  recovery.heard("failed");
  pass(0);
  recovery.heard("connecting");
  pass(1_000);
  recovery.heard("failed");
  pass(0);
  expect(taken).toEqual([
    { step: "restart", atMs: 0 },
    { step: "rebuild", atMs: 1_000 },
  ]);
});

test("one that becomes disconnected and then fails is mended once, at the failure", () => {
  const { recovery, taken, pass } = aConnection().sound();
  recovery.heard("disconnected");
  pass(500);
  recovery.heard("failed");
  pass(5_000);
  expect(taken).toEqual([{ step: "restart", atMs: 500 }]);
});

test("a first connection that never comes about is made anew", () => {
  const { recovery, taken, pass } = aConnection();
  recovery.begun();
  recovery.heard("connecting");
  // What never was cannot be silent.
  recovery.heard("disconnected");
  pass(14_900);
  expect(taken).toEqual([]);
  pass(100);
  expect(taken).toEqual([{ step: "rebuild", atMs: 15_000 }]);
});

test("one that is sound again begins at the first rung the next time", () => {
  const { recovery, taken, pass } = aConnection().sound();
  recovery.heard("disconnected");
  pass(17_000);
  expect(recovery.isHopeless).toBe(false);
  recovery.heard("connected");
  recovery.heard("disconnected");
  pass(2_000);
  expect(taken.map(({ step }) => step)).toEqual(["restart", "rebuild", "restart"]);
});

test("after three attempts a page may say that it does not work, and it is tried on all the same", () => {
  const { recovery, taken, pass } = aConnection().sound();
  recovery.heard("failed");
  pass(30_000);
  expect(taken).toHaveLength(3);
  expect(recovery.isHopeless).toBe(true);
  pass(15_000);
  expect(taken).toHaveLength(4);
  recovery.heard("connected");
  expect(recovery.isHopeless).toBe(false);
});

test("nothing is tried while the server cannot be reached, and what was missed is made up for when it is back", () => {
  const { recovery, taken, standing, pass, isQuiet } = aConnection().sound();
  standing.canSignal = false;
  recovery.heard("disconnected");
  pass(60_000);
  expect(taken).toEqual([]);
  expect(isQuiet()).toBe(true);

  standing.canSignal = true;
  recovery.hurry();
  pass(0);
  expect(taken).toEqual([{ step: "restart", atMs: 60_000 }]);
});

test("a network that changed under a sound connection leaves it alone, and one that ended stays ended", () => {
  const { recovery, taken, pass, isQuiet } = aConnection().sound();
  recovery.hurry();
  pass(60_000);
  recovery.heard("disconnected");
  recovery.close();
  pass(60_000);
  expect(taken).toEqual([]);
  expect(isQuiet()).toBe(true);
});
