// Unpacks a WOFF font (www.w3.org/TR/WOFF). fontkit also reads WOFF, but it decompresses the font's outlines again for
// every letter.
import "server-only";
import { inflateSync } from "node:zlib";

const SIGNATURE = 0x774f4646;
const HEADER = { woff: 44, sfnt: 12 };
const ENTRY = { woff: 20, sfnt: 16 };

export function unpackWoff(woff: Buffer): Buffer {
  if (woff.readUInt32BE(0) !== SIGNATURE) throw new Error("not a WOFF font");
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, index) => readTable(woff, HEADER.woff + index * ENTRY.woff));
  const directory = Buffer.alloc(HEADER.sfnt + count * ENTRY.sfnt);
  // Copies the font's type (`flavor`). The three fields after the number of tables, which help to search for a table,
  // stay zero, because current programs do not use them.
  woff.copy(directory, 0, 4, 8);
  directory.writeUInt16BE(count, 4);
  let offset = directory.length;
  const parts = tables.map(({ tag, checksum, content }, index) => {
    const entry = HEADER.sfnt + index * ENTRY.sfnt;
    tag.copy(directory, entry);
    directory.writeUInt32BE(checksum, entry + 4);
    directory.writeUInt32BE(offset, entry + 8);
    directory.writeUInt32BE(content.length, entry + 12);
    const padding = Buffer.alloc(-content.length & 3);
    offset += content.length + padding.length;
    return Buffer.concat([content, padding]);
  });
  return Buffer.concat([directory, ...parts]);
}

function readTable(woff: Buffer, entry: number) {
  const [offset, packedLength] = [woff.readUInt32BE(entry + 4), woff.readUInt32BE(entry + 8)];
  const [length, checksum] = [woff.readUInt32BE(entry + 12), woff.readUInt32BE(entry + 16)];
  const packed = woff.subarray(offset, offset + packedLength);
  return {
    tag: woff.subarray(entry, entry + 4),
    checksum,
    // A table that compression would not make smaller is stored uncompressed.
    content: packedLength < length ? inflateSync(packed) : packed,
  };
}
