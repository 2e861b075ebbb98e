import { randomUUID } from "node:crypto";
import { CommandError } from "../../run/console.mjs";

/**
 * @typedef {{ name: string, sql: string, checksum: string }} Migration
 * @typedef {{ name: string, checksum: string, isFinished: boolean, isRolledBack: boolean }} AppliedMigration
 *   one row of the history
 * @typedef {Migration & { id: string }} PendingMigration
 * @typedef {(applied: AppliedMigration[]) => PendingMigration[]} ChoosePending
 */

/**
 * Returns the wanted migrations that the history lacks. Throws a CommandError if the history does not match the
 * committed files.
 * @param {Migration[]} wanted @param {AppliedMigration[]} history @returns {PendingMigration[]}
 */
export function listPendingMigrations(wanted, history) {
  const applied = history.filter(({ isRolledBack }) => !isRolledBack);
  for (const { name, checksum, isFinished } of applied) {
    const file = wanted.find((each) => each.name === name);
    if (!isFinished) throw new CommandError(unfinished(name));
    if (!file) throw new CommandError(unknown(name));
    if (file.checksum !== checksum) throw new CommandError(changed(name));
  }
  const rest = wanted.filter(({ name }) => !applied.some((each) => each.name === name));
  return rest.map((each) => ({ ...each, id: randomUUID() }));
}

/** @param {string} name */
const unfinished = (name) =>
  `The migration ${name} was begun by Prisma's command line and did not finish. Restore a backup (npm run restore), or repair the ledger by hand and mark it with "prisma migrate resolve".`;
/** @param {string} name */
const unknown = (name) =>
  `The ledger has the migration ${name}, which this version of Appeal does not know: start the version that made it, or a newer one.`;
/** @param {string} name */
const changed = (name) =>
  `The migration ${name} was changed after it was applied to this ledger: restore the committed file.`;
