import { expect, test } from "vitest";
import { openPassBook, type Pass, shownFrom } from "./pass";

const room: Pass["room"] = {
  ...{ name: "Call", kind: "video", branding: "parley", brand: null, waitingRoom: false, publishes: true },
  inside: [],
};

/** Signed by nobody: here it is only read. */
const tokenFor = (minutes: number, name: string): string =>
  ["head", btoa(JSON.stringify({ exp: Date.now() / 1_000 + minutes * 60, name })), "signature"].join(".");

const passFor = (minutes: number, name = "first"): Pass => ({
  token: tokenFor(minutes, name),
  room: { ...room, inside: [] },
});

/** A link, and how often it was asked. */
function aLink(answer: () => Promise<Pass | null>) {
  const asked: number[] = [];
  return {
    asked,
    ask: () => {
      asked.push(asked.length);
      return answer();
    },
  };
}

test("a token that is still good is shown, and the link is not asked", async () => {
  const book = openPassBook("room_1", "link");
  book.write(passFor(10));
  const link = aLink(async () => passFor(10, "second"));
  expect(await shownFrom(book, link.ask)()).toEqual({ token: book.last() });
  expect(link.asked).toEqual([]);
});

test("whoever stood at the door until their token ran out is asked for another one by their link", async () => {
  const book = openPassBook("room_1", "link");
  book.write(passFor(-1));
  const next = passFor(10, "second");
  expect(await shownFrom(book, async () => next)()).toEqual({ token: next.token });
  expect(book.read()).toEqual(next);
});

test("what the server handed out inside takes the place of what was shown at the door", async () => {
  const book = openPassBook("room_1", "link");
  book.write(passFor(-1));
  const renewed = tokenFor(360, "renewed");
  book.renew(renewed);
  const link = aLink(async () => null);
  expect(await shownFrom(book, link.ask)()).toEqual({ token: renewed });
  expect(link.asked).toEqual([]);
});

test("where the link opens no more, or nobody answers, the old token is shown and the server says what is wrong", async () => {
  const book = openPassBook("room_1", "link");
  const old = passFor(-1);
  book.write(old);
  expect(await shownFrom(book, async () => null)()).toEqual({ token: old.token });
  expect(await shownFrom(book, () => Promise.reject(new Error("offline")))()).toEqual({ token: old.token });
  expect(book.read()).toBeNull();
});

test("a token that cannot be read is shown as it is", async () => {
  const book = openPassBook("room_1", "nonsense");
  book.write({ ...passFor(1), token: "nonsense" });
  expect(await shownFrom(book, async () => null)()).toEqual({ token: "nonsense" });
});
