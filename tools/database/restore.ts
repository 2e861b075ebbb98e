// npm run restore -- FILE [--into DATABASE_URL] [--erasures LIST …]: creates a new ledger from a backup. Supporters who
// were erased since the backup are erased again, according to the lists that the site keeps outside the ledger.
import { runMainOrExit } from "../run/console.mjs";
import { runRestore } from "./backup/commands";

await runMainOrExit(() => runRestore(process.argv.slice(2)));
