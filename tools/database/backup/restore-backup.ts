// Restores a backup to a place where there is no ledger. It reads the backup to its end before it writes anything, and compares the
// new ledger with the manifest before it keeps it.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Stop } from "../../run/console.mjs";
import { ROOT } from "../../run/paths.mjs";
import { migrationsOf, providerOf } from "../providers.mjs";
import { type Batch, type Head, readArchive, type TableSum } from "./archive";
import { newPostgresLedger } from "./postgresql";
import { newSqliteLedger } from "./sqlite";

export type NewLedger = {
  write: (batch: Batch) => Promise<void>;
  /** Commits the new ledger; throws a Stop if its rows differ from the manifest. */
  keep: (manifest: TableSum[]) => Promise<void>;
  discard: () => Promise<void>;
};

type Options = { path: string; into: string; key: string };

export async function restoreBackup({ path, into, key }: Options): Promise<{ head: Head; manifest: TableSum[] }> {
  const { head, manifest } = await readArchive(path, { key });
  requireRestorable(head, into);
  const ledger = await (head.provider === "sqlite" ? newSqliteLedger : newPostgresLedger)(into, head);
  try {
    await readArchive(path, { key, onBatch: ledger.write });
    await ledger.keep(manifest);
  } catch (error) {
    await ledger.discard();
    throw error;
  }
  return { head, manifest };
}

function requireRestorable({ provider, migrations }: Head, into: string): void {
  if (providerOf(into) !== provider)
    throw new Stop(
      `This is a backup of a ${provider} ledger, but DATABASE_URL or --into names ${provider === "sqlite" ? "a server" : "a file"}. ` +
        "Restore it to a ledger of its own kind; npm run ledger:move then moves a file to a server.",
    );
  const unknown = migrations.filter((name) => !existsSync(join(ROOT, migrationsOf(provider), name)));
  if (unknown.length > 0)
    throw new Stop(
      `The backup was made by a newer version of this site (${unknown.join(", ")}). Update the code first.`,
    );
}
