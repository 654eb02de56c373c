import { crc32, deflateSync } from "node:zlib";

const chunk = (name: string, body: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(name, "latin1"), body]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(body.length);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
};

type Made = { width?: number; height?: number; words?: string; rows?: number; interlaced?: boolean };

/** A PNG of grey dots, sound unless it is told otherwise. */
export function aPng({ width = 32, height = 32, words, rows = height, interlaced = false }: Made = {}): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head.writeUInt8(8, 8);
  head.writeUInt8(interlaced ? 1 : 0, 12);
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", head),
    ...(words ? [chunk("tEXt", Buffer.from(words))] : []),
    chunk("IDAT", deflateSync(Buffer.alloc(rows * (1 + width), 0x7f))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
