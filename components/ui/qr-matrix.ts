import { codewordsOf } from "./qr";

/** Dark or light, by row and column. */
export type Matrix = boolean[][];

/** Error correction M is written as nothing. */
const FORMAT = 0b00;
const FORMAT_MASK = 0x5412;
const FIRST_WITH_VERSION = 7;
/** Dark or not, from the middle outwards. */
const FINDER = [true, true, false, true, false];
const ALIGNMENT = [true, false, true];

export const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** The squares of a QR code, without the quiet edge that belongs around it. Nothing where the text is too long. */
export function qrMatrix(text: string): Matrix | undefined {
  const coded = codewordsOf(text);
  if (!coded) return undefined;
  const { number, version, codewords } = coded;
  const masked = MASKS.map((mask, at) => {
    const drawing = new Drawing(17 + 4 * number);
    drawing.fixed(number, version.alignment);
    drawing.format(at);
    drawing.write(codewords, mask);
    return drawing.squares;
  });
  return masked.sort((a, b) => blotches(a) - blotches(b))[0];
}

class Drawing {
  readonly squares: Matrix;
  readonly #size: number;
  readonly #taken: Matrix;

  constructor(size: number) {
    this.#size = size;
    this.squares = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
    this.#taken = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  }

  /** What every reader looks for first. */
  fixed(number: number, alignment: readonly number[]): void {
    const last = this.#size - 1;
    for (let at = 0; at <= last; at += 1) {
      this.#put(6, at, at % 2 === 0);
      this.#put(at, 6, at % 2 === 0);
    }
    for (const [x, y] of [
      [3, 3],
      [last - 3, 3],
      [3, last - 3],
    ] as const)
      this.#rings(x, y, FINDER);
    const far = alignment.at(-1);
    for (const x of alignment)
      for (const y of alignment) {
        const isAtFinder = (x === 6 && y === 6) || (x === 6 && y === far) || (x === far && y === 6);
        if (!isAtFinder) this.#rings(x, y, ALIGNMENT);
      }
    if (number >= FIRST_WITH_VERSION) this.#version(number);
  }

  format(mask: number): void {
    const said = (FORMAT << 3) | mask;
    const bits = ((said << 10) | checked(said, 10, 0x537)) ^ FORMAT_MASK;
    const isSet = (bit: number) => ((bits >> bit) & 1) === 1;
    const size = this.#size;
    for (let bit = 0; bit < 15; bit += 1) {
      // Around the corner, past the lines that count the squares.
      if (bit < 8) this.#put(8, bit < 6 ? bit : bit + 1, isSet(bit));
      else this.#put(bit === 8 ? 7 : 14 - bit, 8, isSet(bit));
      if (bit < 8) this.#put(size - 1 - bit, 8, isSet(bit));
      else this.#put(8, size - 15 + bit, isSet(bit));
    }
    this.#put(8, size - 8, true);
  }

  /** In columns of two, up and down in turn, from the right. */
  write(codewords: readonly number[], mask: (x: number, y: number) => boolean): void {
    let bit = 0;
    for (const { x, y } of way(this.#size)) {
      if (this.#taken[y]?.[x]) continue;
      const isSet = (((codewords[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1;
      this.#put(x, y, isSet !== mask(x, y));
      bit += 1;
    }
  }

  #version(number: number): void {
    const bits = (number << 12) | checked(number, 12, 0x1f25);
    for (let bit = 0; bit < 18; bit += 1) {
      const [long, short] = [this.#size - 11 + (bit % 3), Math.floor(bit / 3)];
      this.#put(long, short, ((bits >> bit) & 1) === 1);
      this.#put(short, long, ((bits >> bit) & 1) === 1);
    }
  }

  #rings(x: number, y: number, rings: readonly boolean[]): void {
    const reach = rings.length - 1;
    for (let down = -reach; down <= reach; down += 1)
      for (let right = -reach; right <= reach; right += 1)
        this.#put(x + right, y + down, rings[Math.max(Math.abs(down), Math.abs(right))] ?? false);
  }

  #put(x: number, y: number, isDark: boolean): void {
    const [row, taken] = [this.squares[y], this.#taken[y]];
    if (!row || !taken || x < 0 || x >= this.#size) return;
    row[x] = isDark;
    taken[x] = true;
  }
}

/** Every square in the order in which data is written. The column that counts the rows is stepped over. */
export function* way(size: number): Generator<{ x: number; y: number }> {
  let isUp = true;
  for (let right = size - 1; right > 0; right -= right === 8 ? 3 : 2) {
    for (let step = 0; step < size; step += 1)
      for (const x of [right, right - 1]) yield { x, y: isUp ? size - 1 - step : step };
    isUp = !isUp;
  }
}

/** So many bits by which a reader sees what it misread. */
function checked(value: number, bits: number, generator: number): number {
  let left = value;
  for (let turn = 0; turn < bits; turn += 1) left = (left << 1) ^ ((left >> (bits - 1)) * generator);
  return left;
}

/** Two by two squares of one colour are what is hard to read; the mask that makes the fewest is taken. */
function blotches(squares: Matrix): number {
  let count = 0;
  for (const [y, row] of squares.entries())
    for (const [x, isDark] of row.entries()) {
      const below = squares[y + 1];
      if (below && row[x + 1] === isDark && below[x] === isDark && below[x + 1] === isDark) count += 1;
    }
  return count;
}
