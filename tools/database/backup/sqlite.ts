// A backup's two ends in SQLite. Reading holds one read transaction, beside which the site goes on writing; a restored ledger
// gets its name only when it is whole.
import { existsSync, linkSync, mkdirSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { setImmediate } from "node:timers/promises";
import Database from "better-sqlite3";
import { Stop } from "../../run/console.mjs";
import { openSource } from "../ledger-move/source.mjs";
import { migrate } from "../migrate.mjs";
import {
  type Batch,
  type Head,
  type OpenLedger,
  type Row,
  requireEqual,
  sumsOf,
  type TableSum,
  type Value,
} from "./archive";
import type { NewLedger } from "./restored";

/** Throws a Stop where there is no ledger, or where it is damaged. */
export function openSqliteLedger(url: string): OpenLedger {
  const source = openSource(`file:${pathOf(url)}`, { whileInUse: true });
  if (!source.isWhole()) {
    source.close();
    throw new Stop(`${url} is damaged (PRAGMA integrity_check, foreign_key_check). Restore the last good backup.`);
  }
  const { migrations, tables } = source;
  return {
    provider: "sqlite",
    migrations,
    tables: tables.map(({ name, columns }) => ({ name, columns: columns.map(({ name, type }) => ({ name, type })) })),
    async *batches({ name, columns }) {
      for (let after: bigint = 0n; ; ) {
        const rows = source.readAfter({ name }, after) as Record<string, unknown>[];
        if (rows.length === 0) return;
        after = rows.at(-1)?._rowid as bigint;
        yield rows.map((row) => columns.map((column) => asKept(row[column.name])));
        // Whatever else this process does has its turn.
        await setImmediate();
      }
    },
    close: async () => {
      source.close();
    },
  };
}

/** Throws a Stop where something lies at that address already. */
export async function newSqliteLedger(url: string, head: Head): Promise<NewLedger> {
  const path = pathOf(url);
  for (const file of [path, `${path}-wal`])
    if (existsSync(file)) throw new Stop(`${file} exists: a restore overwrites nothing.`);
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.restoring`;
  removeFiles(unfinished);
  await migrate(`file:${unfinished}`, { only: head.migrations });
  const db = new Database(unfinished);
  db.exec("BEGIN IMMEDIATE");
  return {
    async write({ table, rows }: Batch) {
      const { columns } = head.tables.find(({ name }) => name === table) ?? { columns: [] };
      const names = columns.map(({ name }) => `"${name}"`).join(", ");
      const insert = db.prepare(`INSERT INTO "${table}" (${names}) VALUES (${columns.map(() => "?").join(", ")})`);
      for (const row of rows) insert.run(row.map(toSqlite));
    },
    async keep(manifest, onWhole) {
      db.exec("COMMIT");
      db.close();
      await requireWhole(`file:${unfinished}`, manifest);
      await onWhole(`file:${unfinished}`);
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

/** A ledger that was closed has all of its rows in one file, which can be given its name. */
function requireOneFile(path: string): void {
  if (existsSync(`${path}-wal`)) throw new Stop(`${path} is still open: its last rows are in another file.`);
}

async function requireWhole(url: string, manifest: TableSum[]): Promise<void> {
  const ledger = openSqliteLedger(url);
  try {
    requireEqual(manifest, await sumsOf(ledger));
  } finally {
    await ledger.close();
  }
}

function asKept(value: unknown): Value {
  if (typeof value === "bigint") return { n: String(value) };
  if (value === null || typeof value === "string") return value;
  throw new Error(`a backup does not know how to keep a ${typeof value}`);
}

function toSqlite(value: Row[number]): string | bigint | null {
  return value !== null && typeof value === "object" ? BigInt(value.n) : value;
}

function pathOf(url: string): string {
  return resolve(url.replace(/^file:/, ""));
}

function removeFiles(path: string): void {
  for (const end of ["", "-wal", "-shm", "-journal"]) rmSync(`${path}${end}`, { force: true });
}
