import { expect, test } from "vitest";
import { CandidateQueue, inBatches, ufragOf, ufragOfCandidate } from "./candidates";

const of = (ufrag: string | undefined, name: string) => ({ ufrag, candidate: { candidate: name } });
const names = (list: { candidate: string }[]) => list.map(({ candidate }) => candidate);

test("candidates wait for their description, and go in once it is there", () => {
  const queue = new CandidateQueue();
  expect(queue.take([of("one", "a"), of("one", "b")])).toEqual([]);
  expect(names(queue.describe("one"))).toEqual(["a", "b"]);
  expect(names(queue.take([of("one", "c")]))).toEqual(["c"]);
});

test("a restart keeps those of the next description, and drops those of the one before", () => {
  const queue = new CandidateQueue();
  queue.describe("one");
  expect(queue.take([of("two", "early")])).toEqual([]);
  expect(names(queue.describe("two"))).toEqual(["early"]);
  expect(queue.take([of("one", "late")])).toEqual([]);
});

test("one that does not say where it belongs goes to what is there", () => {
  const queue = new CandidateQueue();
  queue.take([of(undefined, "a")]);
  expect(names(queue.describe("one"))).toEqual(["a"]);
  expect(names(queue.take([of(undefined, "b")]))).toEqual(["b"]);
});

test("the other end cannot fill the memory of a page", () => {
  const queue = new CandidateQueue();
  queue.take(Array.from({ length: 5_000 }, (_, at) => of("later", `c${at}`)));
  expect(queue.describe("later").length).toBeLessThanOrEqual(400);
});

test("where a candidate belongs is read from either of two places", () => {
  expect(ufragOf("v=0\r\na=ice-ufrag:abcd\r\na=ice-pwd:x\r\n")).toBe("abcd");
  expect(ufragOfCandidate({ candidate: "candidate:1 1 udp 1 10.0.0.1 5 typ host ufrag wxyz network-cost 10" })).toBe(
    "wxyz",
  );
  expect(ufragOfCandidate({ candidate: "candidate:1", usernameFragment: "efgh" })).toBe("efgh");
  expect(inBatches(Array.from({ length: 120 })).map(({ length }) => length)).toEqual([50, 50, 20]);
});
