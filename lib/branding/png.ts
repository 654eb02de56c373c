import { crc32, inflateSync } from "node:zlib";
import { invalid } from "@/lib/errors";
import { LEAST_LOGO_DOTS, MOST_LOGO_BYTES, MOST_LOGO_DOTS } from "./rules";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const HEAD_BYTES = 13;

/** What a picture is made of. Words, places, dates and whatever programs add stay behind. */
const KEPT = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"];

/** A palette has at most 256 colours. More would be something else under its name. */
const MOST_BYTES: Record<string, number> = { PLTE: 3 * 256, tRNS: 256, IEND: 0 };

/** How many numbers a dot has, by the kind of colour, and how many bits each may have. */
const COLOURS: Record<number, { channels: number; depths: number[] }> = {
  0: { channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { channels: 3, depths: [8, 16] },
  3: { channels: 1, depths: [1, 2, 4, 8] },
  4: { channels: 2, depths: [8, 16] },
  6: { channels: 4, depths: [8, 16] },
};

type Chunk = { name: string; body: Buffer };

/** The same picture written anew from its own dots alone; a refusal where it is no plain PNG. */
export function cleanPng(sent: Buffer): Buffer {
  if (sent.length > MOST_LOGO_BYTES) throw refused("A logo has at most 64 KiB.");
  const chunks = chunksOf(sent).filter(({ name }) => KEPT.includes(name));
  const [head] = chunks;
  const isWhole =
    head?.name === "IHDR" &&
    chunks.at(-1)?.name === "IEND" &&
    ["IHDR", "IEND", "PLTE", "tRNS"].every((once) => chunks.filter(({ name }) => name === once).length <= 1) &&
    chunks.every(({ name, body }) => body.length <= (MOST_BYTES[name] ?? body.length));
  if (!head || !isWhole) throw notAPng();
  const dots = dotsBytes(head.body);
  const packed = Buffer.concat(chunks.filter(({ name }) => name === "IDAT").map(({ body }) => body));
  if (unpackedLength(packed, dots) !== dots) throw notAPng();
  return Buffer.concat([SIGNATURE, ...chunks.map(written)]);
}

function chunksOf(sent: Buffer): Chunk[] {
  if (!sent.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw notAPng();
  const chunks: Chunk[] = [];
  let at = SIGNATURE.length;
  while (at + 12 <= sent.length && chunks.at(-1)?.name !== "IEND") {
    const length = sent.readUInt32BE(at);
    if (at + 12 + length > sent.length) throw notAPng();
    const named = sent.subarray(at + 4, at + 8 + length);
    if (sent.readUInt32BE(at + 8 + length) !== crc32(named)) throw notAPng();
    chunks.push({ name: named.toString("latin1", 0, 4), body: named.subarray(4) });
    at += 12 + length;
  }
  return chunks;
}

function written({ name, body }: Chunk): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** How many bytes the dots have unpacked, each row behind the sign of its filter. */
function dotsBytes(head: Buffer): number {
  if (head.length !== HEAD_BYTES) throw notAPng();
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const colour = COLOURS[head.readUInt8(9)];
  const depth = head.readUInt8(8);
  if (!colour?.depths.includes(depth) || head.readUInt16BE(10) !== 0) throw notAPng();
  if (head.readUInt8(12) !== 0) throw refused("Save the PNG without interlacing, then try again.");
  if (Math.min(width, height) < LEAST_LOGO_DOTS || Math.max(width, height) > MOST_LOGO_DOTS)
    throw refused(`A logo has ${LEAST_LOGO_DOTS} to ${MOST_LOGO_DOTS} dots in each direction.`);
  return height * (1 + Math.ceil((width * colour.channels * depth) / 8));
}

type Unpacked = { buffer: Buffer; engine: { bytesWritten: number } };

function unpackedLength(packed: Buffer, most: number): number {
  try {
    const unpacked: object = inflateSync(packed, { maxOutputLength: most, info: true });
    const { buffer, engine } = unpacked as Unpacked; // what `info` answers; the types know only of a buffer
    // What lies behind the dots is no dot.
    return engine.bytesWritten === packed.length ? buffer.length : -1;
  } catch {
    // Broken, or more than the picture's own measure says: neither is a picture.
    return -1;
  }
}

const refused = (sentence: string) => invalid({ png: sentence });
const notAPng = () => refused("This is not a PNG that can be read. SVG and other kinds are not taken.");
