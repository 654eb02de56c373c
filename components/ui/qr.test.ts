import { expect, test } from "vitest";
import { codewordsOf, times } from "./qr";
import { MASKS, type Matrix, qrMatrix, way } from "./qr-matrix";

const address = "https://parley.example.com/call/room_01ke6zv3s80q4n7xw2m5j9t8cd";

/** What a reader reads: the mask from the format, and the codewords under it. */
function read(squares: Matrix, number: number): { mask: number; codewords: number[] } {
  const size = squares.length;
  const at = (x: number, y: number) => squares[y]?.[x] ?? false;
  const format = Array.from({ length: 15 }, (_, bit) => (bit < 8 ? at(size - 1 - bit, 8) : at(8, size - 15 + bit)));
  const bits = format.reduce((sum, isSet, bit) => sum | (Number(isSet) << bit), 0) ^ 0x5412;
  const mask = (bits >> 10) & 7;
  const isFixed = fixedIn(squares, number);
  const data: number[] = [];
  for (const { x, y } of way(size)) if (!isFixed(x, y)) data.push(Number(at(x, y) !== MASKS[mask]?.(x, y)));
  const codewords: number[] = [];
  for (let bit = 0; bit + 8 <= data.length; bit += 8)
    codewords.push(Number.parseInt(data.slice(bit, bit + 8).join(""), 2));
  return { mask, codewords };
}

/** By the standard's own words, and not by the drawing's. */
function fixedIn({ length: size }: Matrix, number: number) {
  const { alignment = [] } = codewordsOf("x".repeat(LONGEST[number - 1] ?? 0))?.version ?? {};
  const isNear = (a: number, b: number) => Math.abs(a - b) <= 2;
  return (x: number, y: number): boolean => {
    if (x === 6 || y === 6) return true;
    if ((x <= 8 && y <= 8) || (x <= 8 && y >= size - 8) || (x >= size - 8 && y <= 8)) return true;
    if (number >= 7 && ((x < 6 && y >= size - 11) || (y < 6 && x >= size - 11))) return true;
    const far = size - 7;
    return alignment.some((a) =>
      alignment.some((b) => {
        const isAtFinder = (a === 6 && b === 6) || (a === 6 && b === far) || (a === far && b === 6);
        return !isAtFinder && isNear(x, a) && isNear(y, b);
      }),
    );
  };
}

/** The longest text of each version, by the standard's table. */
const LONGEST = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213];

test.each(LONGEST.map((length, at) => ({ number: at + 1, length })))(
  "version $number holds $length characters, and a reader reads what was written",
  ({ number, length }) => {
    const text = address.repeat(4).slice(0, length);
    const coded = codewordsOf(text);
    const squares = qrMatrix(text);
    if (!coded || !squares) throw new Error("No code was made");
    expect(coded.number).toBe(number);
    expect(coded.codewords).toHaveLength(coded.version.codewords);
    expect(squares).toHaveLength(17 + 4 * number);
    expect(read(squares, number).codewords).toEqual(coded.codewords);
  },
);

test("a text that is too long has none", () => {
  expect(qrMatrix("x".repeat(214))).toBeUndefined();
});

test("every block divides by the generator, so that a smudge can be made up for", () => {
  for (const length of LONGEST) {
    const coded = codewordsOf(address.repeat(4).slice(0, length));
    if (!coded) throw new Error("No code was made");
    const { codewords, version } = coded;
    for (const block of blocksOf(codewords, version))
      for (let root = 1, turn = 0; turn < version.correction; turn += 1, root = times(root, 2))
        expect(block.reduce((sum, byte) => times(sum, root) ^ byte, 0)).toBe(0);
  }
});

function blocksOf(codewords: number[], { blocks, correction }: { blocks: number; correction: number }): number[][] {
  const data = codewords.slice(0, -blocks * correction);
  const check = codewords.slice(-blocks * correction);
  const short = Math.floor(data.length / blocks);
  const parts = Array.from({ length: blocks }, () => [] as number[]);
  for (const [at, byte] of data.slice(0, short * blocks).entries()) parts[at % blocks]?.push(byte);
  const rest = data.slice(short * blocks);
  for (const [at, byte] of rest.entries()) parts[blocks - rest.length + at]?.push(byte);
  for (const [at, byte] of check.entries()) parts[at % blocks]?.push(byte);
  return parts;
}
