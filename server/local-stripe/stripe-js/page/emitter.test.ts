import { expect, test, vi } from "vitest";
import { createEmitter } from "./emitter";

test("what is settled is told to those who were there, and later to those who come late", async () => {
  const events = createEmitter();
  const heard: string[] = [];
  events.on("ready", () => heard.push("early"));
  events.settle("ready", {});
  events.on("ready", () => heard.push("late"));
  expect(heard).toEqual(["early"]);
  await Promise.resolve();
  expect(heard).toEqual(["early", "late"]);
});

test("whoever leaves before they are told is not told", async () => {
  const events = createEmitter();
  const listener = vi.fn();
  events.settle("ready", {});
  events.on("ready", listener);
  events.off("ready", listener);
  await Promise.resolve();
  expect(listener).not.toHaveBeenCalled();
});

test("once is once, and off without a listener takes all away", () => {
  const events = createEmitter();
  const [first, second] = [vi.fn(), vi.fn()];
  events.once("change", first);
  events.on("change", second);
  events.emit("change", 1);
  events.emit("change", 2);
  events.off("change");
  events.emit("change", 3);
  expect(first.mock.calls).toEqual([[1]]);
  expect(second.mock.calls).toEqual([[1], [2]]);
});

test("a listener that throws keeps nobody else from hearing", () => {
  const reported: unknown[] = [];
  vi.stubGlobal("reportError", (error: unknown) => reported.push(error));
  const events = createEmitter();
  const second = vi.fn();
  events.on("change", () => {
    throw new Error("theirs");
  });
  events.on("change", second);
  events.emit("change", 1);
  expect(second).toHaveBeenCalledWith(1);
  expect(reported).toEqual([new Error("theirs")]);
  vi.unstubAllGlobals();
});
