// npm run restore -- FILE [--into DATABASE_URL] [--erasures LIST …]: creates a new ledger from a backup. Supporters who were
// erased since the backup are erased again, from the lists that the site keeps outside the ledger.
import { parseArgs } from "node:util";
import type { ErasureNote } from "../../domain/ledger/erasure";
import { env } from "../../systems/env";
import { erasureListPath, erasureListPathBeside, readErasureList } from "../../systems/erasure-list";
import { CommandError, runCommand } from "../run/console.mjs";
import { parseBackupKey } from "./backup/encryption";
import { printTables } from "./backup/print-tables";
import { restoreBackup } from "./backup/restore-backup";

await runCommand(async () => {
  const options = { into: { type: "string" }, erasures: { type: "string", multiple: true } } as const;
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const [path] = positionals;
  if (!path || positionals.length > 1)
    throw new CommandError("npm run restore -- FILE [--into DATABASE_URL] [--erasures LIST]");
  const { DATABASE_URL, BACKUP_KEY } = env();
  const into = values.into ?? DATABASE_URL;
  const erasures = requireLists(values.erasures ?? [erasureListPathBeside(path), erasureListPath()]);
  const { head, manifest, erased } = await restoreBackup({ path, into, key: parseBackupKey(BACKUP_KEY), erasures });
  printTables(manifest);
  if (erased > 0)
    console.log(`\n  ${erased} supporters who had erased themselves were in the backup, and were erased again.`);
  console.log(`
  Restored as it was at ${head.takenAt}: complete, and equal to the backup's manifest.
  Later payments are still at Stripe: start the site, then run npm run books:check -- --repair`);
});

/** Reads every list that exists. Throws a CommandError if none exists. */
function requireLists(paths: string[]): ErasureNote[] {
  const lists = paths.map((path) => readErasureList(path));
  if (lists.some((notes) => notes !== null)) return lists.flatMap((notes) => notes ?? []);
  throw new CommandError(
    `There is no list of erasures at ${paths.join(" or ")}. Without it, people who have erased themselves would be in the ledger again. ` +
      "Name the list with --erasures, or an empty file if you know that nobody has.",
  );
}
