// npm run backup [-- --to FOLDER]: an encrypted copy of the ledger, taken while the site runs.
import { statSync } from "node:fs";
import { parseArgs } from "node:util";
import { env } from "../../systems/env";
import { requireErasureList } from "../../systems/erasure-list";
import { runCommand } from "../run/console.mjs";
import { printTables } from "./backup/printed";
import { parseBackupKey } from "./backup/sealed";
import { takeBackup } from "./backup/taken";

await runCommand(async () => {
  const { values } = parseArgs({ options: { to: { type: "string", default: "backups" } } });
  const { DATABASE_URL, BACKUP_KEY } = env();
  const secret = parseBackupKey(BACKUP_KEY);
  requireErasureList();
  const { path, manifest } = await takeBackup({ url: DATABASE_URL, folder: values.to, secret, now: new Date() });
  printTables(manifest);
  console.log(`\n  ${path}  ${statSync(path).size.toLocaleString("en")} bytes, read back and equal`);
});
