// npm run restore -- FILE [--into DATABASE_URL]: creates a new ledger from a backup. It overwrites nothing.
import { parseArgs } from "node:util";
import { env } from "../../systems/env";
import { runCommand, Stop } from "../run/console.mjs";
import { parseBackupKey } from "./backup/encryption";
import { printTables } from "./backup/print-tables";
import { restoreBackup } from "./backup/restore-backup";

await runCommand(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { into: { type: "string" } } });
  const [path] = positionals;
  if (!path || positionals.length > 1) throw new Stop("npm run restore -- FILE [--into DATABASE_URL]");
  const { DATABASE_URL, BACKUP_KEY } = env();
  const into = values.into ?? DATABASE_URL;
  const { head, manifest } = await restoreBackup({ path, into, key: parseBackupKey(BACKUP_KEY) });
  printTables(manifest);
  console.log(`
  Restored as it was at ${head.takenAt}: complete, and equal to the backup's manifest.
  Later payments are still at Stripe: start the site, then run npm run books:check -- --repair`);
});
