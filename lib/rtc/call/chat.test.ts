import { expect, test } from "vitest";
import { readSaid } from "./chat";

test("what another browser says is read as text, or not at all", () => {
  expect(readSaid(JSON.stringify({ say: "<b>Hi</b>", clientId: "c1", from: "somebody else" }))).toEqual({
    text: "<b>Hi</b>",
    clientId: "c1",
  });
});

test.each([
  "",
  "null",
  "{",
  "[]",
  '{"say":1,"clientId":"c"}',
  '{"say":"  ","clientId":"c"}',
  JSON.stringify({ say: "x".repeat(4_001), clientId: "c" }),
  JSON.stringify({ say: "x", clientId: "c".repeat(65) }),
  "x".repeat(1_000_000),
])("a browser that sends anything else is not listened to: %#", (said) => {
  expect(readSaid(said)).toBeUndefined();
});
