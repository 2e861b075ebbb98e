// npm run backup [-- --to FOLDER]: writes an encrypted copy of the ledger while the site runs.
import { runMainOrExit } from "../run/console.mjs";
import { runBackup } from "./backup/commands";

await runMainOrExit(() => runBackup(process.argv.slice(2)));
