// npm run restore -- FILE [--into DATABASE_URL]: a new ledger from a backup. It overwrites nothing.
import { parseArgs } from "node:util";
import { env } from "../../systems/env";
import { runCommand, Stop } from "../run/console.mjs";
import { printTables } from "./backup/printed";
import { restoreBackup } from "./backup/restored";
import { parseBackupKey } from "./backup/sealed";

await runCommand(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { into: { type: "string" } } });
  const [path] = positionals;
  if (!path || positionals.length > 1) throw new Stop("npm run restore -- FILE [--into DATABASE_URL]");
  const { DATABASE_URL, BACKUP_KEY } = env();
  const into = values.into ?? DATABASE_URL;
  const { head, manifest } = await restoreBackup({ path, into, secret: parseBackupKey(BACKUP_KEY) });
  printTables(manifest);
  console.log(`
  Restored as it was at ${head.takenAt}: whole, and equal to the backup's manifest.
  What came in after that is still at Stripe: start the site, then npm run books:check -- --repair`);
});
