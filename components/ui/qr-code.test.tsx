import decodeQR from "qr/decode.js";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { QrCode } from "./qr-code";

const DOTS = 4;

/** The drawing as a camera would get it: white, with a black square for every one in the path. */
function painted(svg: string): { width: number; height: number; data: Uint8Array } {
  const side = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]) * DOTS;
  const data = new Uint8Array(side * side * 3).fill(255);
  for (const [, x, y] of svg.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let dot = 0; dot < DOTS * DOTS; dot += 1) {
      const row = Number(y) * DOTS + Math.floor(dot / DOTS);
      const column = Number(x) * DOTS + (dot % DOTS);
      data.fill(0, (row * side + column) * 3, (row * side + column + 1) * 3);
    }
  return { width: side, height: side, data };
}

test.each([
  "https://parley.example/call/room_01ke6zv3s80q4n7xw2m5j9t8cd",
  `https://parley.example/call/room_01ke6zv3s80q4n7xw2m5j9t8cd?${"token=".repeat(40)}`,
])("a camera reads what was drawn: %s", (text) => {
  expect(decodeQR(painted(renderToStaticMarkup(<QrCode text={text} label="The address" />)))).toBe(text);
});
