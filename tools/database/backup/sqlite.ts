// Reads and restores a ledger in SQLite. Reads in one read transaction while the site goes on writing. A restored
// ledger gets its final file name only when it is complete.
import { existsSync, linkSync, mkdirSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import Database from "better-sqlite3";
import { CommandError } from "../../run/console.mjs";
import { openLedgerMoveSource } from "../ledger-move/source";
import { migrate } from "../migrate.mjs";
import {
  type ArchivedRow,
  type ArchivedValue,
  type BackupArchiveHeader,
  type LedgerSnapshotReader,
  type NamedTableChecksum,
  type RestoreTarget,
  type RowBatch,
  requireEqualTables,
  tableChecksumsOf,
} from "./archive";

/** Opens a ledger for reading. Throws a CommandError if there is none or it is damaged. */
export function openSqliteLedger(url: string): LedgerSnapshotReader {
  const source = openLedgerMoveSource(`file:${pathOf(url)}`, { whileInUse: true });
  if (!source.isWhole()) {
    source.close();
    throw new CommandError(
      `${url} is damaged (PRAGMA integrity_check, foreign_key_check). Restore the last good backup.`,
    );
  }
  const { migrations, tables } = source;
  return {
    provider: "sqlite",
    migrations,
    tables: tables.map(({ name, columns }) => ({ name, columns: columns.map(({ name, type }) => ({ name, type })) })),
    async *batches({ name, columns }) {
      for (const rows of source.batches({ name })) {
        yield rows.map((row) => columns.map((column) => asValue(row[column.name])));
        // Lets other work of this process run between two batches.
        await setImmediate();
      }
    },
    close: async () => {
      source.close();
    },
  };
}

/** Creates a new ledger for a restore. Throws a CommandError if the file or its write-ahead log exists already. */
export async function beginSqliteRestore(url: string, head: BackupArchiveHeader): Promise<RestoreTarget> {
  const path = pathOf(url);
  for (const file of [path, `${path}-wal`])
    if (existsSync(file))
      throw new CommandError(`${file} exists. A restore overwrites nothing: name a new file with --into.`);
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.restoring`;
  removeFiles(unfinished);
  await migrate(`file:${unfinished}`, { only: head.migrations });
  const db = new Database(unfinished);
  db.exec("BEGIN IMMEDIATE");
  return {
    async write({ table, rows }: RowBatch) {
      const { columns } = head.tables.find(({ name }) => name === table) ?? { columns: [] };
      const names = columns.map(({ name }) => `"${name}"`).join(", ");
      const insert = db.prepare(`INSERT INTO "${table}" (${names}) VALUES (${columns.map(() => "?").join(", ")})`);
      for (const row of rows) insert.run(row.map(toSqlite));
    },
    async commit(manifest, beforeRelease) {
      db.exec("COMMIT");
      db.close();
      await requireWhole(`file:${unfinished}`, manifest);
      await beforeRelease(`file:${unfinished}`);
      requireOneFile(unfinished);
      linkSync(unfinished, path);
      removeFiles(unfinished);
    },
    async discard() {
      db.close();
      removeFiles(unfinished);
    },
  };
}

/**
 * Throws a CommandError if there is a write-ahead log beside the file. The last rows would then be only in the log, and
 * the final file would lack them.
 */
function requireOneFile(path: string): void {
  if (existsSync(`${path}-wal`)) throw new CommandError(`${path} is still open: its last rows are in ${path}-wal.`);
}

async function requireWhole(url: string, manifest: NamedTableChecksum[]): Promise<void> {
  const ledger = openSqliteLedger(url);
  try {
    requireEqualTables(manifest, await tableChecksumsOf(ledger));
  } finally {
    await ledger.close();
  }
}

function asValue(value: unknown): ArchivedValue {
  if (typeof value === "bigint") return { n: String(value) };
  if (value === null || typeof value === "string") return value;
  throw new Error(`a backup cannot store a ${typeof value}`);
}

function toSqlite(value: ArchivedRow[number]): string | bigint | null {
  return value !== null && typeof value === "object" ? BigInt(value.n) : value;
}

function pathOf(url: string): string {
  return resolve(url.replace(/^file:/, ""));
}

function removeFiles(path: string): void {
  for (const end of ["", "-wal", "-shm", "-journal"]) rmSync(`${path}${end}`, { force: true });
}
