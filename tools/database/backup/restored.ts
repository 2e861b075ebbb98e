// Makes a ledger of a backup, where there is none. The backup is read to its end before anything is written, and the new ledger
// is compared with the manifest before it is kept.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ErasureNote } from "../../../domain/ledger/erasure";
import { openDatabase } from "../../../systems/database";
import { applyErasures } from "../../../systems/erasure";
import { Stop } from "../../run/console.mjs";
import { ROOT } from "../../run/paths.mjs";
import { migrate } from "../migrate.mjs";
import { migrationsOf, providerOf } from "../providers.mjs";
import { type Batch, type Head, readArchive, type TableSum } from "./archive";
import { newPostgresLedger } from "./postgresql";
import { newSqliteLedger } from "./sqlite";

export type NewLedger = {
  write: (batch: Batch) => Promise<void>;
  /** Throws a Stop where what was written is not what the manifest says. `onWhole` changes it before anybody can use it. */
  keep: (manifest: TableSum[], onWhole: (url: string) => Promise<void>) => Promise<void>;
  discard: () => Promise<void>;
};

type Asked = { path: string; into: string; secret: Buffer; erasures: readonly ErasureNote[] };
type Restored = { head: Head; manifest: TableSum[]; erased: number };

/** `erasures`: supporters who have erased themselves, perhaps after the backup. They are erased again before the ledger is used. */
export async function restoreBackup({ path, into, secret, erasures }: Asked): Promise<Restored> {
  const { head, manifest } = await readArchive(path, { secret });
  requireRestorable(head, into);
  const ledger = await (head.provider === "sqlite" ? newSqliteLedger : newPostgresLedger)(into, head);
  try {
    await readArchive(path, { secret, onBatch: ledger.write });
    let erased = 0;
    await ledger.keep(manifest, async (url) => {
      erased = await eraseAgain(url, erasures);
    });
    return { head, manifest, erased };
  } catch (error) {
    await ledger.discard();
    throw error;
  }
}

/** By the newest tables, which the backup may not have had. */
async function eraseAgain(url: string, erasures: readonly ErasureNote[]): Promise<number> {
  if (erasures.length === 0) return 0;
  await migrate(url);
  const db = await openDatabase(url);
  try {
    return await applyErasures(db, erasures);
  } finally {
    await db.$disconnect();
  }
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
