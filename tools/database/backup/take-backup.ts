// Takes a backup. Reads the written file back before it gets its final name, so that a file with that name is complete
// and readable.
import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { AuditLogCheckpoint } from "../../../domain/newsroom/staff/acts";
import { databaseProviderOf } from "../providers.mjs";
import { type NamedTableChecksum, readArchive, writeArchive } from "./archive";
import { createAuditLogHeadFinder } from "./log-head";
import { openPostgresLedger } from "./postgresql";
import { openSqliteLedger } from "./sqlite";

type Options = { url: string; folder: string; key: string; now: Date };

type Taken = { path: string; manifest: NamedTableChecksum[]; logHead: AuditLogCheckpoint | null };

/** Writes a backup into the folder. Leaves no file if it fails. */
export async function takeBackup({ url, folder, key, now }: Options): Promise<Taken> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `appeal-${now.toISOString().replace(/:/g, "-")}.backup`);
  const unfinished = `${path}.unfinished`;
  const ledger = databaseProviderOf(url) === "sqlite" ? openSqliteLedger(url) : await openPostgresLedger(url);
  try {
    const manifest = await writeArchive(unfinished, { ledger, key, takenAt: now });
    const finder = createAuditLogHeadFinder();
    await readArchive(unfinished, { key, ...finder });
    renameSync(unfinished, path);
    return { path, manifest, logHead: finder.found() };
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  } finally {
    await ledger.close();
  }
}
