// A backup's inside, one JSON value a line: which ledger, then its rows, then the manifest that says how many rows of each table
// there must be and their checksum. Compressed, then sealed; neither side ever holds more than a batch.
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { Stop } from "../../run/console.mjs";
import { newSum } from "../ledger-move/compare.mjs";
import { seal, unseal } from "./sealed";

/** As the database keeps it: SQLite's integers are told apart from its texts. */
export type Value = string | null | { n: string };
export type Row = Value[];
export type Table = { name: string; columns: { name: string; type: string }[] };
export type Head = { provider: string; takenAt: string; migrations: string[]; tables: Table[] };
export type TableSum = { name: string; rows: number; sum: string };
export type Batch = { table: string; rows: Row[] };
export type OpenLedger = {
  provider: string;
  migrations: string[];
  tables: Table[];
  /** Everything is read as it was at one moment, whoever writes meanwhile. */
  batches: (table: Table) => AsyncIterable<Row[]>;
  close: () => Promise<void>;
};

type Line = { head: Head } | Batch | { manifest: TableSum[] };

/** `path` must not exist yet. Answers what the manifest says. */
export async function writeArchive(
  path: string,
  { ledger, secret, takenAt }: { ledger: OpenLedger; secret: Buffer; takenAt: Date },
): Promise<TableSum[]> {
  const manifest: TableSum[] = [];
  const file = createWriteStream(path, { flags: "wx", mode: 0o600, flush: true });
  const sealed = (source: AsyncIterable<Uint8Array>) => seal(source, secret);
  await pipeline(linesOf(ledger, { takenAt, manifest }), createGzip(), sealed, file);
  return manifest;
}

async function* linesOf(ledger: OpenLedger, { takenAt, manifest }: { takenAt: Date; manifest: TableSum[] }) {
  const { provider, migrations, tables } = ledger;
  yield lineOf({ head: { provider, takenAt: takenAt.toISOString(), migrations, tables } });
  for (const table of tables) {
    const sum = newSum();
    for await (const rows of ledger.batches(table)) {
      for (const row of rows) sum.add(row);
      yield lineOf({ table: table.name, rows });
    }
    manifest.push({ name: table.name, ...sum.read() });
  }
  yield lineOf({ manifest });
}

function lineOf(line: Line): string {
  return `${JSON.stringify(line)}\n`;
}

type Taker = { onHead?: (head: Head) => void; onBatch?: (batch: Batch) => Promise<void> };

/** Reads it to its end and throws a Stop where it is not whole: nobody may keep what `onBatch` was given before this returns. */
export async function readArchive(
  path: string,
  { secret, onHead, onBatch }: Taker & { secret: Buffer },
): Promise<{ head: Head; manifest: TableSum[] }> {
  let head: Head | undefined;
  let manifest: TableSum[] | undefined;
  const sums = new Map<string, ReturnType<typeof newSum>>();
  await pipeline(unseal(path, secret), createGunzip(), async (source: AsyncIterable<Buffer>) => {
    for await (const line of linesIn(source)) {
      if ("manifest" in line) manifest = line.manifest;
      else if ("head" in line) {
        head = line.head;
        for (const { name } of head.tables) sums.set(name, newSum());
        onHead?.(head);
      } else {
        for (const row of line.rows) sums.get(line.table)?.add(row);
        await onBatch?.(line);
      }
    }
  });
  if (!head || !manifest) throw new Stop("The backup has no end: it was broken off while it was made.");
  requireEqual(
    manifest,
    [...sums].map(([name, sum]) => ({ name, ...sum.read() })),
  );
  return { head, manifest };
}

/** Throws a Stop that names each table whose rows are not those of the manifest. */
export function requireEqual(manifest: readonly TableSum[], found: readonly TableSum[]): void {
  const key = ({ name, rows, sum }: TableSum) => `${name} ${rows} ${sum}`;
  const there = new Set(found.map(key));
  const unequal = manifest.filter((table) => !there.has(key(table))).map(({ name }) => name);
  if (unequal.length > 0 || found.length !== manifest.length)
    throw new Stop(`Not what the backup's manifest says: ${unequal.join(", ") || "there are other tables"}.`);
}

export async function sumsOf(ledger: OpenLedger): Promise<TableSum[]> {
  const sums: TableSum[] = [];
  for (const table of ledger.tables) {
    const sum = newSum();
    for await (const rows of ledger.batches(table)) for (const row of rows) sum.add(row);
    sums.push({ name: table.name, ...sum.read() });
  }
  return sums;
}

async function* linesIn(source: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  const decoder = new TextDecoder();
  let begun = "";
  for await (const bytes of source) {
    const lines = (begun + decoder.decode(bytes, { stream: true })).split("\n");
    begun = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line) as Line;
  }
}
