// Writes and reads the file of a backup. The file has one JSON value per line: a description of the ledger, its rows,
// and a manifest with each table's row count and checksum. The lines are compressed, then encrypted.

import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { CommandError } from "../../run/console.mjs";
import { createChecksumBuilder } from "../ledger-move/compare";
import { decryptBackup, encryptBackup } from "./encryption";

export type RestoreTarget = {
  write: (batch: RowBatch) => Promise<void>;
  /**
   * Commits the new ledger, or throws a CommandError if its rows differ from the manifest. Runs `beforeRelease` before
   * anybody else can use the ledger.
   */
  commit: (manifest: NamedTableChecksum[], beforeRelease: (url: string) => Promise<void>) => Promise<void>;
  discard: () => Promise<void>;
};

/**
 * A value of the ledger. An integer of SQLite is stored as an object whose `n` has the digits, so that a restore does
 * not take it for a text.
 */
export type ArchivedValue = string | null | { n: string };
export type ArchivedRow = ArchivedValue[];
export type ArchivedTable = { name: string; columns: { name: string; type: string }[] };
export type BackupArchiveHeader = { provider: string; takenAt: string; migrations: string[]; tables: ArchivedTable[] };
export type NamedTableChecksum = { name: string; rows: number; sum: string };
export type RowBatch = { table: string; rows: ArchivedRow[] };
export type LedgerSnapshotReader = {
  provider: string;
  migrations: string[];
  tables: ArchivedTable[];
  /**
   * Returns a table's rows in batches. All batches of all tables are from one snapshot of the ledger, even if others
   * write meanwhile.
   */
  batches: (table: ArchivedTable) => AsyncIterable<ArchivedRow[]>;
  close: () => Promise<void>;
};

type Line = { head: BackupArchiveHeader } | RowBatch | { manifest: NamedTableChecksum[] };

/** Writes a backup of the ledger. Throws if `path` exists. */
export async function writeArchive(
  path: string,
  { ledger, key, takenAt }: { ledger: LedgerSnapshotReader; key: string; takenAt: Date },
): Promise<NamedTableChecksum[]> {
  const manifest: NamedTableChecksum[] = [];
  const file = createWriteStream(path, { flags: "wx", mode: 0o600, flush: true });
  const encrypted = (source: AsyncIterable<Uint8Array>) => encryptBackup(source, key);
  await pipeline(linesOf(ledger, { takenAt, manifest }), createGzip(), encrypted, file);
  return manifest;
}

async function* linesOf(
  ledger: LedgerSnapshotReader,
  { takenAt, manifest }: { takenAt: Date; manifest: NamedTableChecksum[] },
) {
  const { provider, migrations, tables } = ledger;
  yield lineOf({ head: { provider, takenAt: takenAt.toISOString(), migrations, tables } });
  for (const table of tables) {
    const sum = createChecksumBuilder();
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

type Handlers = { onHead?: (head: BackupArchiveHeader) => void; onBatch?: (batch: RowBatch) => Promise<void> };

/**
 * Reads a backup. Throws a CommandError if it is incomplete or damaged. Calls `onBatch` with rows that are not yet
 * verified. They are verified only when this function returns without an error.
 */
export async function readArchive(
  path: string,
  { key, onHead, onBatch }: Handlers & { key: string },
): Promise<{ head: BackupArchiveHeader; manifest: NamedTableChecksum[] }> {
  let head: BackupArchiveHeader | undefined;
  let manifest: NamedTableChecksum[] | undefined;
  const sums = new Map<string, ReturnType<typeof createChecksumBuilder>>();
  await pipeline(decryptBackup(path, key), createGunzip(), async (source: AsyncIterable<Buffer>) => {
    for await (const line of linesIn(source)) {
      if ("manifest" in line) manifest = line.manifest;
      else if ("head" in line) {
        head = line.head;
        for (const { name } of head.tables) sums.set(name, createChecksumBuilder());
        onHead?.(head);
      } else {
        for (const row of line.rows) sums.get(line.table)?.add(row);
        await onBatch?.(line);
      }
    }
  });
  if (!head || !manifest) throw new CommandError("The backup is incomplete: it was interrupted while it was written.");
  requireEqualTables(
    manifest,
    [...sums].map(([name, sum]) => ({ name, ...sum.read() })),
  );
  return { head, manifest };
}

export function requireEqualTables(
  manifest: readonly NamedTableChecksum[],
  found: readonly NamedTableChecksum[],
): void {
  const textOf = ({ name, rows, sum }: NamedTableChecksum) => `${name} ${rows} ${sum}`;
  const foundTexts = new Set(found.map(textOf));
  const unequal = manifest.filter((table) => !foundTexts.has(textOf(table))).map(({ name }) => name);
  if (unequal.length > 0 || found.length !== manifest.length)
    throw new CommandError(`Not equal to the backup's manifest: ${unequal.join(", ") || "the tables differ"}.`);
}

export async function tableChecksumsOf(ledger: LedgerSnapshotReader): Promise<NamedTableChecksum[]> {
  const sums: NamedTableChecksum[] = [];
  for (const table of ledger.tables) {
    const sum = createChecksumBuilder();
    for await (const rows of ledger.batches(table)) for (const row of rows) sum.add(row);
    sums.push({ name: table.name, ...sum.read() });
  }
  return sums;
}

async function* linesIn(source: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of source) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line) as Line;
  }
}
