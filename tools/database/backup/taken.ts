// Takes a backup while the site runs, and reads it back before it gets its name: what is named a backup can be restored.
import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { providerOf } from "../providers.mjs";
import { readArchive, type TableSum, writeArchive } from "./archive";
import { openPostgresLedger } from "./postgresql";
import { openSqliteLedger } from "./sqlite";

type Asked = { url: string; folder: string; secret: Buffer; now: Date };

/** The file's path, and what is in it. Where it fails, no file is left. */
export async function takeBackup({ url, folder, secret, now }: Asked): Promise<{ path: string; manifest: TableSum[] }> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `appeal-${now.toISOString().replace(/:/g, "-")}.backup`);
  const unfinished = `${path}.unfinished`;
  const ledger = providerOf(url) === "sqlite" ? openSqliteLedger(url) : await openPostgresLedger(url);
  try {
    const manifest = await writeArchive(unfinished, { ledger, secret, takenAt: now });
    await readArchive(unfinished, { secret });
    renameSync(unfinished, path);
    return { path, manifest };
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  } finally {
    await ledger.close();
  }
}
