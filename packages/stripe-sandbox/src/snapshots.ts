// Makes and restores snapshots of all data. A restore replaces the data in a single transaction: if the process is
// killed meanwhile, the data does not change.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Store } from "./store";
import { upgradeStateFile } from "./tables/database";

export type SnapshotFileInfo = {
  name: string;
  bytes: number;
  /** When the snapshot was made, in Unix seconds. */
  made: number;
};

export const SNAPSHOT_NAME_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export function makeSnapshot(store: Store, statePath: string, name: string): SnapshotFileInfo {
  const file = fileOf(statePath, name);
  const unfinished = `${file}.unfinished`;
  mkdirSync(folderOf(statePath), { recursive: true });
  rmSync(unfinished, { force: true });
  store.sql("VACUUM INTO ?").run(unfinished);
  renameSync(unfinished, file);
  return describe(statePath, name);
}

export function listSnapshots(statePath: string): SnapshotFileInfo[] {
  const files = existsSync(folderOf(statePath)) ? readdirSync(folderOf(statePath)) : [];
  const names = files.filter((file) => file.endsWith(".db")).map((file) => file.slice(0, -".db".length));
  return names.sort().map((name) => describe(statePath, name));
}

export function hasSnapshot(statePath: string, name: string): boolean {
  return existsSync(fileOf(statePath, name));
}

export function restoreSnapshot(store: Store, statePath: string, name: string): void {
  upgradeStateFile(fileOf(statePath, name));
  store.sql("ATTACH ? AS snapshot").run(fileOf(statePath, name));
  try {
    store.transaction(() => {
      for (const table of store.tables()) {
        const columns = store.columnsOf(table).join(", ");
        store.sql(`DELETE FROM main.${table}`).run();
        store.sql(`INSERT INTO main.${table} (${columns}) SELECT ${columns} FROM snapshot.${table}`).run();
      }
    });
  } finally {
    store.sql("DETACH snapshot").run();
  }
}

export function deleteSnapshot(statePath: string, name: string): void {
  rmSync(fileOf(statePath, name));
}

function describe(statePath: string, name: string): SnapshotFileInfo {
  const { size, mtimeMs } = statSync(fileOf(statePath, name));
  return { name, bytes: size, made: Math.floor(mtimeMs / 1000) };
}

function folderOf(statePath: string): string {
  return `${statePath}.snapshots`;
}

function fileOf(statePath: string, name: string): string {
  return join(folderOf(statePath), `${name}.db`);
}
