import { expect, test } from "vitest";
import { createEmitter } from "./emitter";
import { createStore } from "./store";

test("whoever is told of a change finds it in place, and the same value tells nobody", () => {
  const store = createStore(1);
  const seen: number[] = [];
  const stop = store.subscribe(() => seen.push(store.getSnapshot()));
  store.set(2);
  store.set(2);
  stop();
  store.set(3);
  expect(seen).toEqual([2]);
});

test("whoever stops listening while it is told hears no more", () => {
  const events = createEmitter<{ said: number }>();
  const heard: number[] = [];
  const stop = events.on("said", (value) => {
    heard.push(value);
    stop();
  });
  events.emit("said", 1);
  events.emit("said", 2);
  expect(heard).toEqual([1]);
});
