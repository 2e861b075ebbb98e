// Makes a ledger of a backup, where there is none. The backup is read to its end before anything is written, and the new ledger
// is compared with the manifest before it is kept.
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
  /** Throws a Stop where what was written is not what the manifest says. */
  keep: (manifest: TableSum[]) => Promise<void>;
  discard: () => Promise<void>;
};

type Asked = { path: string; into: string; secret: Buffer };

export async function restoreBackup({ path, into, secret }: Asked): Promise<{ head: Head; manifest: TableSum[] }> {
  const { head, manifest } = await readArchive(path, { secret });
  requireRestorable(head, into);
  const ledger = await (head.provider === "sqlite" ? newSqliteLedger : newPostgresLedger)(into, head);
  try {
    await readArchive(path, { secret, onBatch: ledger.write });
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
      `This is a backup of a ${provider} ledger, and ${provider === "sqlite" ? "a server" : "a file"} was named. ` +
        "Restore it to where it came from; npm run ledger:move takes it from a file to a server.",
    );
  const unknown = migrations.filter((name) => !existsSync(join(ROOT, migrationsOf(provider), name)));
  if (unknown.length > 0)
    throw new Stop(`The backup is of a newer version of this site (${unknown.join(", ")}). Update the code first.`);
}
