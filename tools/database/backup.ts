// npm run backup [-- --to FOLDER]: writes an encrypted copy of the ledger while the site runs.
import { statSync } from "node:fs";
import { parseArgs } from "node:util";
import { env } from "../../systems/env";
import { copyErasureList, erasureListPathBeside } from "../../systems/erasure-list";
import { runCommand } from "../run/console.mjs";
import { parseBackupKey } from "./backup/encryption";
import { printTables } from "./backup/print-tables";
import { takeBackup } from "./backup/take-backup";

await runCommand(async () => {
  const { values } = parseArgs({ options: { to: { type: "string", default: "backups" } } });
  const { DATABASE_URL, BACKUP_KEY } = env();
  const key = parseBackupKey(BACKUP_KEY);
  const { path, manifest, logHead } = await takeBackup({ url: DATABASE_URL, folder: values.to, key, now: new Date() });
  copyErasureList(erasureListPathBeside(path));
  printTables(manifest);
  if (logHead) console.log(`\n  The log of acts ends with line ${logHead.number}, ${logHead.chain}`);
  console.log(`\n  ${path}  ${statSync(path).size.toLocaleString("en")} bytes, read back and equal`);
});
