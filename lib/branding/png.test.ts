import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { aPng } from "@/lib/testing/png";
import { cleanPng } from "./png";

test("a plain PNG comes out as it went in", () => {
  expect(cleanPng(aPng())).toEqual(aPng());
});

test("words inside it and bytes behind it do not come along", () => {
  const sent = Buffer.concat([aPng({ words: "GPS\0 51.5, -0.1" }), Buffer.from("<script>alert(1)</script>")]);
  expect(cleanPng(sent)).toEqual(aPng());
});

/** The same picture with something more in one of its chunks. */
function hiding(name: string, more: Buffer): Buffer {
  const png = aPng();
  const at = png.indexOf(name) - 4;
  const length = at < 0 ? 0 : png.readUInt32BE(at);
  const named = Buffer.concat([
    Buffer.from(name),
    at < 0 ? Buffer.alloc(0) : png.subarray(at + 8, at + 8 + length),
    more,
  ]);
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(named.length - 4);
  sum.writeUInt32BE(crc32(named));
  const from = at < 0 ? png.indexOf("IDAT") - 4 : at;
  return Buffer.concat([png.subarray(0, from), size, named, sum, png.subarray(at < 0 ? from : at + 12 + length)]);
}

test.each([
  ["one with words behind its dots", hiding("IDAT", Buffer.from("GPS 51.5, -0.1"))],
  ["one with words in its palette", hiding("PLTE", Buffer.alloc(3_000, "GPS 51.5, -0.1"))],
  ["one with words in its end", hiding("IEND", Buffer.from("GPS 51.5, -0.1"))],
  ["an SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
  ["a page that begins like one", Buffer.concat([aPng().subarray(0, 8), Buffer.from("<html></html>")])],
  ["nothing", Buffer.alloc(0)],
  ["half of one", aPng().subarray(0, 60)],
  ["one with a changed bit", aPng().map((byte, at) => (at === 20 ? byte ^ 1 : byte))],
  ["one with more dots than it says", aPng({ rows: 33 })],
  ["one with fewer", aPng({ rows: 31 })],
  ["one that unpacks without end", aPng({ rows: 100_000 })],
  ["one that is too wide", aPng({ width: 1_025 })],
  ["one that is too small", aPng({ height: 8 })],
  ["one with rows out of order", aPng({ interlaced: true })],
  ["one that is too heavy", Buffer.concat([aPng(), Buffer.alloc(70_000)])],
])("%s is refused with a sentence", (_, sent) => {
  expect(() => cleanPng(Buffer.from(sent))).toThrow(expect.objectContaining({ code: "invalid" }));
});
