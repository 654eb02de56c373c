import { expect, test } from "vitest";
import { type Recognition, writeDown } from "./recognition";

/** A browser's recognition that does nothing by itself, and a wait that passes by hand. */
function recognition() {
  const said: [string, boolean][] = [];
  const counts = { starts: 0, stops: 0 };
  let planned: (() => void)[] = [];
  const ears: Recognition = {
    ...{ lang: "en", onresult: null, onerror: null, onend: null },
    start() {
      counts.starts += 1;
    },
    stop() {
      counts.stops += 1;
    },
  };
  const end = writeDown(ears, {
    after: (_waitMs, work) => {
      planned.push(work);
      return () => {
        planned = planned.filter((one) => one !== work);
      };
    },
    onWords: (text, isFinal) => said.push([text, isFinal]),
  });
  const wait = () => {
    for (const work of planned.splice(0)) work();
  };
  return { ears, said, counts, end, wait };
}

test("what is said is handed on, and what holds no words is not", () => {
  const { ears, said } = recognition();
  const words = (transcript: string, isFinal: boolean) => Object.assign([{ transcript }], { isFinal });
  ears.onresult?.({ results: [words("hello ", false)], resultIndex: 0 });
  ears.onresult?.({ results: [words("hello", true), words(" ", false)], resultIndex: 1 });
  expect(said).toEqual([["hello", false]]);
});

test("after a silence it goes on, and not in the same breath", () => {
  const { ears, counts, wait } = recognition();
  ears.onend?.();
  expect(counts.starts).toBe(1);
  wait();
  expect(counts.starts).toBe(2);
});

test("one that is not allowed is not asked again", () => {
  const { ears, counts, wait } = recognition();
  ears.onerror?.({ error: "not-allowed" });
  ears.onend?.();
  wait();
  expect(counts.starts).toBe(1);
});

test("one that was ended stays ended, whatever it was waiting for", () => {
  const { ears, counts, end, wait } = recognition();
  ears.onend?.();
  end();
  ears.onend?.();
  wait();
  expect(counts).toEqual({ starts: 1, stops: 1 });
});
