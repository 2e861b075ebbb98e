const HEADER_BYTES = 12;
const ENTRY_BYTES = 16;
/** The OpenType name records to keep: copyright, version, trademark, licence and the licence's URL. */
const KEPT_RECORDS = [0, 5, 7, 13, 14];
const [FAMILY, STYLE, UNIQUE, FULL, POSTSCRIPT] = [1, 2, 3, 4, 6];
/** The platform, encoding and language of a written name record: Windows, Unicode and US English. */
const WINDOWS = { platform: 3, encoding: 1, language: 0x409 };

type Table = { tag: string; bytes: Buffer };

export function withFamilyName(font: Buffer, family: string): Buffer {
  const tables = parseFontTables(font);
  const named = tables.map(({ tag, bytes }) => ({ tag, bytes: tag === "name" ? ownNames(bytes, family) : bytes }));
  return writeTables(font.readUInt32BE(0), named);
}

/**
 * Maps the record numbers in a font's name table to their texts. Reads only the records for Windows. If several have
 * the same number, uses the last one.
 */
export function parseNameTable(table: Buffer): Map<number, string> {
  const strings = table.readUInt16BE(4);
  const records = Array.from({ length: table.readUInt16BE(2) }, (_, i) => table.subarray(6 + 12 * i, 18 + 12 * i));
  const ofWindows = records.filter((record) => record.readUInt16BE(0) === WINDOWS.platform);
  return new Map(
    ofWindows.map((record) => {
      const start = strings + record.readUInt16BE(10);
      const text = Buffer.from(table.subarray(start, start + record.readUInt16BE(8)));
      return [record.readUInt16BE(6), text.swap16().toString("utf16le")];
    }),
  );
}

export function parseFontTables(font: Buffer): Table[] {
  return Array.from({ length: font.readUInt16BE(4) }, (_, i) => {
    const entry = HEADER_BYTES + ENTRY_BYTES * i;
    const start = font.readUInt32BE(entry + 8);
    const tag = font.toString("latin1", entry, entry + 4);
    return { tag, bytes: font.subarray(start, start + font.readUInt32BE(entry + 12)) };
  });
}

function ownNames(table: Buffer, family: string): Buffer {
  const old = parseNameTable(table);
  const postscript = family.replaceAll(" ", "");
  const own = [
    [FAMILY, family],
    [STYLE, "Regular"],
    [UNIQUE, postscript],
    [FULL, family],
    [POSTSCRIPT, postscript],
  ] as [number, string][];
  const records = KEPT_RECORDS.flatMap((id): [number, string][] => (old.has(id) ? [[id, old.get(id) ?? ""]] : []));
  return writeNames([...own, ...records].sort(([a], [b]) => a - b));
}

function writeNames(names: [number, string][]): Buffer {
  const texts = names.map(([, text]) => Buffer.from(text, "utf16le").swap16());
  const head = Buffer.alloc(6 + 12 * names.length);
  head.writeUInt16BE(names.length, 2);
  head.writeUInt16BE(head.length, 4);
  let start = 0;
  names.forEach(([id], i) => {
    const { platform, encoding, language } = WINDOWS;
    const bytes = texts[i]?.length ?? 0;
    for (const [place, value] of [platform, encoding, language, id, bytes, start].entries())
      head.writeUInt16BE(value, 6 + 12 * i + 2 * place);
    start += bytes;
  });
  return Buffer.concat([head, ...texts]);
}

function writeTables(version: number, tables: Table[]): Buffer {
  const head = Buffer.alloc(HEADER_BYTES + ENTRY_BYTES * tables.length);
  head.writeUInt32BE(version, 0);
  head.writeUInt16BE(tables.length, 4);
  const level = Math.floor(Math.log2(tables.length));
  head.writeUInt16BE(2 ** level * 16, 6);
  head.writeUInt16BE(level, 8);
  head.writeUInt16BE(tables.length * 16 - 2 ** level * 16, 10);
  let start = head.length;
  const padded = tables.map(({ tag, bytes }, i) => {
    const whole = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
    const entry = HEADER_BYTES + ENTRY_BYTES * i;
    head.write(tag, entry, "latin1");
    head.writeUInt32BE(checksumOf(whole), entry + 4);
    head.writeUInt32BE(start, entry + 8);
    head.writeUInt32BE(bytes.length, entry + 12);
    start += whole.length;
    return whole;
  });
  return Buffer.concat([head, ...padded]);
}

function checksumOf(bytes: Buffer): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 4) sum = (sum + bytes.readUInt32BE(i)) >>> 0;
  return sum;
}
