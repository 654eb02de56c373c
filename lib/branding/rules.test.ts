import fc from "fast-check";
import { expect, test } from "vitest";
import { contrast, readableOn } from "./rules";

test("contrast is that of WCAG 2", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

test("words can be read on every colour that somebody may choose", () => {
  const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);
  fc.assert(fc.property(colour, (ground) => contrast(ground, readableOn(ground)) >= 4.5));
});
