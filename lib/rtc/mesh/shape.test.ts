import { expect, test } from "vitest";
import { adapt, LAST_STEP, shapeFor, unadapted } from "./shape";

const usual = { own: "auto", asked: "high", step: 0 } as const;

test("the more people, the less of each picture, and never more in all than a small line carries", () => {
  const shapes = [1, 2, 3, 4, 5].map((others) => shapeFor({ ...usual, others }));
  expect(shapes.map(({ kbps }) => kbps)).toEqual([1_700, 1_000, 600, 350, 250]);
  expect(shapes.map(({ height }) => height)).toEqual([720, 540, 360, 270, 180]);
  for (const [at, { kbps }] of shapes.entries()) expect(kbps * (at + 1)).toBeLessThanOrEqual(2_000);
});

test("whoever watches may ask for less, and whoever sends may send none", () => {
  expect(shapeFor({ ...usual, others: 1, asked: "low" })).toMatchObject({ kbps: 150, height: 180, fps: 15 });
  expect(shapeFor({ ...usual, others: 3, asked: "high" }).kbps).toBe(600);
  expect(shapeFor({ ...usual, others: 3, own: "high" }).kbps).toBe(2_500);
  expect(shapeFor({ ...usual, others: 1, own: "off" }).isSent).toBe(false);
  expect(shapeFor({ ...usual, others: 1, asked: "off" }).isSent).toBe(false);
});

const good = { availableKbps: 2_000, lossPercent: 0, limitedBy: null };
const lossy = { availableKbps: 2_000, lossPercent: 20, limitedBy: null };
const starved = { availableKbps: 40, lossPercent: 0, limitedBy: null };
const after = (...seen: (typeof good)[]) => seen.reduce(adapt, unadapted).step;

test("one bad turn changes nothing, two lead a step down, five good ones a step up", () => {
  expect(after(lossy)).toBe(0);
  expect(after(lossy, lossy)).toBe(1);
  expect(after(lossy, good, lossy)).toBe(0);
  expect(after(lossy, lossy, good, good, good, good)).toBe(1);
  expect(after(lossy, lossy, good, good, good, good, good)).toBe(0);
});

test("loss alone never takes the picture away; a line that carries no more than sound does", () => {
  expect(after(...Array.from({ length: 40 }, () => lossy))).toBe(LAST_STEP - 1);
  expect(after(starved, starved)).toBe(LAST_STEP);
  expect(shapeFor({ ...usual, others: 1, step: LAST_STEP }).isSent).toBe(false);
});
