// npm run backup [-- --to FOLDER]: writes an encrypted copy of the ledger while the site runs.
import { runCommand } from "../run/console.mjs";
import { runBackup } from "./backup/commands";

await runCommand(() => runBackup(process.argv.slice(2)));
