// Restores a backup into a new ledger. Reads the whole backup once before it writes anything, so that a damaged backup
// creates no ledger.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ErasureListEntry } from "../../../domain/ledger/erasure";
import { openDatabase } from "../../../systems/database";
import { eraseSupportersAgainAfterRestore } from "../../../systems/erasure";
import { CommandError } from "../../run/console.mjs";
import { REPOSITORY_ROOT } from "../../run/paths.mjs";
import { migrate } from "../migrate.mjs";
import { databaseProviderOf, migrationsFolderOf } from "../providers.mjs";
import { type BackupArchiveHeader, type NamedTableChecksum, readArchive } from "./archive";
import { beginPostgresRestore } from "./postgresql";
import { beginSqliteRestore } from "./sqlite";

type Options = { path: string; into: string; key: string; erasures: readonly ErasureListEntry[] };
type Restored = { head: BackupArchiveHeader; manifest: NamedTableChecksum[]; erased: number };

/**
 * Restores the backup. `erasures`: supporters who were erased, possibly after the backup was taken. They are erased
 * again.
 */
export async function restoreBackup({ path, into, key, erasures }: Options): Promise<Restored> {
  const { head, manifest } = await readArchive(path, { key });
  requireRestorable(head, into);
  const ledger = await (head.provider === "sqlite" ? beginSqliteRestore : beginPostgresRestore)(into, head);
  try {
    await readArchive(path, { key, onBatch: ledger.write });
    let erased = 0;
    await ledger.commit(manifest, async (url) => {
      erased = await eraseAgain(url, erasures);
    });
    return { head, manifest, erased };
  } catch (error) {
    await ledger.discard();
    throw error;
  }
}

/**
 * Erases again those supporters of the erasure list who are in the restored ledger. Returns their number. Migrates the
 * ledger first, because the backup can be older than the tables that an erasure needs.
 */
async function eraseAgain(url: string, erasures: readonly ErasureListEntry[]): Promise<number> {
  if (erasures.length === 0) return 0;
  await migrate(url);
  const db = await openDatabase(url, { isBeingRestored: true });
  try {
    return await eraseSupportersAgainAfterRestore(db, erasures);
  } finally {
    await db.$disconnect();
  }
}

function requireRestorable({ provider, migrations }: BackupArchiveHeader, into: string): void {
  if (databaseProviderOf(into) !== provider)
    throw new CommandError(
      `This is a backup of a ${provider} ledger, but DATABASE_URL or --into names ${provider === "sqlite" ? "a server" : "a file"}. ` +
        "Restore it to a ledger of its own kind; npm run ledger:move then moves a file to a server.",
    );
  const unknown = migrations.filter((name) => !existsSync(join(REPOSITORY_ROOT, migrationsFolderOf(provider), name)));
  if (unknown.length > 0)
    throw new CommandError(
      `The backup was made by a newer version of this site (${unknown.join(", ")}). Update the code first.`,
    );
}
