// The functions behind `npm run backup` and `npm run restore`. Both print what they did.
import { statSync } from "node:fs";
import { parseArgs } from "node:util";
import type { ErasureListEntry } from "../../../domain/ledger/erasure";
import { env } from "../../../systems/env";
import {
  backupErasureListPath,
  erasureListPath,
  mergeErasureListInto,
  readErasureList,
} from "../../../systems/erasure-list";
import { CommandError } from "../../run/console.mjs";
import { parseBackupKey } from "./encryption";
import { printTableChecksums } from "./print-tables";
import { restoreBackup } from "./restore-backup";
import { takeBackup } from "./take-backup";

export async function runBackup(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { to: { type: "string", default: "backups" } } });
  const { DATABASE_URL, BACKUP_KEY } = env();
  const key = parseBackupKey(BACKUP_KEY);
  const { path, manifest, logHead } = await takeBackup({ url: DATABASE_URL, folder: values.to, key, now: new Date() });
  mergeErasureListInto(backupErasureListPath(path));
  printTableChecksums(manifest);
  if (logHead) console.log(`\n  The log of acts ends with line ${logHead.number}, ${logHead.chain}`);
  console.log(`\n  ${path}  ${statSync(path).size.toLocaleString("en")} bytes, read back and equal`);
}

export async function runRestore(args: string[]): Promise<void> {
  const options = { into: { type: "string" }, erasures: { type: "string", multiple: true } } as const;
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const [path] = positionals;
  if (!path || positionals.length > 1)
    throw new CommandError("npm run restore -- FILE [--into DATABASE_URL] [--erasures LIST]");
  const { DATABASE_URL, BACKUP_KEY } = env();
  const into = values.into ?? DATABASE_URL;
  const erasures = requireLists(values.erasures ?? [backupErasureListPath(path), erasureListPath()]);
  const { head, manifest, erased } = await restoreBackup({ path, into, key: parseBackupKey(BACKUP_KEY), erasures });
  printTableChecksums(manifest);
  if (erased > 0)
    console.log(`\n  ${erased} supporters who had erased themselves were in the backup, and were erased again.`);
  console.log(`
  Restored as it was at ${head.takenAt}: complete, and equal to the backup's manifest.
  Later payments are still at Stripe: start the site, then run npm run books:check -- --repair`);
}

/**
 * Returns the entries of all erasure lists in `paths` together. Skips a list that does not exist, but throws a
 * CommandError if none exists.
 */
function requireLists(paths: string[]): ErasureListEntry[] {
  const lists = paths.map((path) => readErasureList(path));
  if (lists.some((notes) => notes !== null)) return lists.flatMap((notes) => notes ?? []);
  throw new CommandError(
    `There is no list of erasures at ${paths.join(" or ")}. Without it, people who have erased themselves would be in the ledger again. ` +
      "Name the list with --erasures, or an empty file if you know that nobody has.",
  );
}
