/*
 * A QR code as ISO/IEC 18004 has it: bytes, error correction M, versions 1 to 10. That is an address of up to 213
 * characters, and all that a page here wants to hand to a phone.
 */

type Version = { codewords: number; blocks: number; correction: number; alignment: readonly number[] };

const VERSIONS: readonly Version[] = [
  { codewords: 26, blocks: 1, correction: 10, alignment: [] },
  { codewords: 44, blocks: 1, correction: 16, alignment: [6, 18] },
  { codewords: 70, blocks: 1, correction: 26, alignment: [6, 22] },
  { codewords: 100, blocks: 2, correction: 18, alignment: [6, 26] },
  { codewords: 134, blocks: 2, correction: 24, alignment: [6, 30] },
  { codewords: 172, blocks: 4, correction: 16, alignment: [6, 34] },
  { codewords: 196, blocks: 4, correction: 18, alignment: [6, 22, 38] },
  { codewords: 242, blocks: 4, correction: 22, alignment: [6, 24, 42] },
  { codewords: 292, blocks: 5, correction: 22, alignment: [6, 26, 46] },
  { codewords: 346, blocks: 5, correction: 26, alignment: [6, 28, 50] },
];

const BYTES = 0b0100;
const PADDING = [0xec, 0x11] as const;

const capacity = ({ codewords, blocks, correction }: Version): number => codewords - blocks * correction;
/** The mode and the count stand before the text. */
const headerBits = (number: number): number => 4 + (number < 10 ? 8 : 16);

/** The codewords of a text in the order in which they are drawn, or nothing where it is too long. */
export function codewordsOf(text: string): { number: number; version: Version; codewords: number[] } | undefined {
  const bytes = [...new TextEncoder().encode(text)];
  const at = VERSIONS.findIndex((one, index) => capacity(one) * 8 >= headerBits(index + 1) + bytes.length * 8);
  const version = VERSIONS[at];
  if (!version) return undefined;
  const number = at + 1;
  return { number, version, codewords: interleaved(padded(bytes, number, capacity(version)), version) };
}

function padded(bytes: readonly number[], number: number, length: number): number[] {
  const bits: number[] = [];
  const put = (value: number, count: number): void => {
    for (let bit = count - 1; bit >= 0; bit -= 1) bits.push((value >> bit) & 1);
  };
  put(BYTES, 4);
  put(bytes.length, headerBits(number) - 4);
  for (const byte of bytes) put(byte, 8);
  put(0, Math.min(4, length * 8 - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  const data: number[] = [];
  for (let bit = 0; bit < bits.length; bit += 8) data.push(Number.parseInt(bits.slice(bit, bit + 8).join(""), 2));
  for (let turn = 0; data.length < length; turn += 1) data.push(PADDING[turn % 2 === 0 ? 0 : 1]);
  return data;
}

/** Cut into blocks, the later ones a byte longer where they do not come out even, each with its own correction. */
function interleaved(data: readonly number[], { blocks, correction }: Version): number[] {
  const short = Math.floor(data.length / blocks);
  const longOnes = data.length % blocks;
  const parts: { data: number[]; check: number[] }[] = [];
  for (let at = 0, block = 0; block < blocks; block += 1) {
    const length = short + (block < blocks - longOnes ? 0 : 1);
    const own = data.slice(at, at + length);
    parts.push({ data: own, check: remainder(own, correction) });
    at += length;
  }
  const columns = (pick: (part: { data: number[]; check: number[] }) => number[], length: number): number[] =>
    Array.from({ length }, (_, at) => parts.flatMap((part) => pick(part)[at] ?? [])).flat();
  return [...columns((part) => part.data, short + 1), ...columns((part) => part.check, correction)];
}

/** In the field of 256 elements that the standard counts in. */
export function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((b >> bit) & 1) * a;
  }
  return product;
}

/** What is left of the data when it is divided by the generator of so many roots: Reed-Solomon. */
function remainder(data: readonly number[], degree: number): number[] {
  const left = Array<number>(degree).fill(0);
  const generator = generatorOf(degree);
  for (const byte of data) {
    const factor = byte ^ (left.shift() ?? 0);
    left.push(0);
    for (const [at, coefficient] of generator.entries()) left[at] = (left[at] ?? 0) ^ times(coefficient, factor);
  }
  return left;
}

/** Highest power first, without the leading one. */
function generatorOf(degree: number): number[] {
  let product = [1];
  for (let root = 1, turn = 0; turn < degree; turn += 1) {
    const raised = [...product, 0];
    for (const [at, coefficient] of product.entries())
      raised[at + 1] = (raised[at + 1] ?? 0) ^ times(coefficient, root);
    product = raised;
    root = times(root, 2);
  }
  return product.slice(1);
}
