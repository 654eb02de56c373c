import { expect, test } from "vitest";
import { arrange, dark, lightUp, type Scene } from "./arrange";

const scene = (more: Partial<Scene>): Scene => ({
  selfId: "me",
  others: [],
  sharing: [],
  pinned: null,
  speaker: null,
  mode: "auto",
  isPhone: false,
  page: 0,
  ...more,
});

test("one other fills the stage, three stand in a grid, five have one large", () => {
  expect(arrange(scene({}))).toEqual({ kind: "alone" });
  expect(arrange(scene({ others: ["a"] }))).toEqual({ kind: "pair", large: "a" });
  expect(arrange(scene({ others: ["a", "b"] }))).toEqual({ kind: "grid", ids: ["a", "b", "me"], columns: 2, pages: 1 });
  expect(arrange(scene({ others: ["a", "b", "c", "d"], speaker: "c" }))).toEqual({
    kind: "speaker",
    large: "c",
    strip: ["a", "b", "d", "me"],
  });
});

test("a phone shows five in two columns and turns pages beyond six", () => {
  const five = arrange(scene({ others: ["a", "b", "c", "d"], isPhone: true }));
  expect(five).toMatchObject({ kind: "grid", columns: 2, pages: 1 });
  const many = scene({ others: ["a", "b", "c", "d", "e", "f"], isPhone: true, page: 9 });
  expect(arrange(many)).toMatchObject({ ids: ["me"], pages: 2 });
});

test("a shared screen takes the stage, and what somebody pinned takes it back", () => {
  expect(arrange(scene({ others: ["a"], sharing: ["a"] }))).toMatchObject({ kind: "screen", sharer: "a" });
  expect(arrange(scene({ others: ["a", "b"], sharing: ["a"], pinned: "b" }))).toMatchObject({ large: "b" });
});

test("tiles keep their order when somebody speaks", () => {
  const others = ["a", "b", "c"];
  expect(arrange(scene({ others, speaker: "c" }))).toEqual(arrange(scene({ others, speaker: "a" })));
});

test("somebody stands large after two seconds of talk and stays for five", () => {
  let light = lightUp(dark, new Set(["a"]), 0);
  light = lightUp(light, new Set(["a"]), 1_000);
  expect(light.id).toBeNull();
  light = lightUp(light, new Set(["a"]), 2_000);
  expect(light.id).toBe("a");
  light = lightUp(light, new Set(["b"]), 3_000);
  light = lightUp(light, new Set(["b"]), 6_000);
  expect(light.id).toBe("a");
  light = lightUp(light, new Set(["b"]), 7_000);
  expect(light.id).toBe("b");
});
