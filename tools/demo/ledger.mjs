import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { databaseProviderOf } from "../database/providers.mjs";
import { CommandError } from "../run/console.mjs";
import { DEMO_FOLDER } from "../run/paths.mjs";
import { runNode, runNodeVisiblyOrThrow } from "../run/spawn.mjs";
import { demoDataFilesOf } from "./ledger-files.mjs";

/** @typedef {import("../run/settings.mjs").Stack} Stack */

/**
 * Prepares the demo's ledger. In SQLite, deletes an unfinished history; with --fresh, also a finished one. Returns true
 * if a history must be recorded. Throws a CommandError if --fresh would delete a ledger that the demo did not make.
 * @param {{ stack: Stack, ownSettings: import("../run/settings.mjs").Settings, isFresh: boolean }} options
 */
export function prepareDemoLedger({ stack, ownSettings, isFresh }) {
  mkdirSync(DEMO_FOLDER, { recursive: true, mode: 0o700 });
  const files = demoDataFilesOf(DEMO_FOLDER, stack.settings);
  const history = existsSync(files.record) ? readFileSync(files.record, "utf8").trim() : null;
  if (databaseProviderOf(stack.settings.DATABASE_URL) === "postgresql")
    return prepareOnServer({ stack, history, isFresh, files });
  const isOurs = ownSettings.DATABASE_URL === undefined || history !== null;
  if (isFresh && !isOurs && existsSync(files.ledger))
    throw new CommandError(
      `--fresh would delete ${files.ledger}, which the demo did not make. Move it away yourself, or unset DATABASE_URL.`,
    );
  if (isFresh || history === "begun") deleteFiles(files);
  if (isFresh) deleteShared();
  const needsHistory = stack.usesStandIn && !existsSync(files.ledger);
  if (needsHistory) {
    deleteFiles(files);
    writeFileSync(files.record, "begun");
  }
  return needsHistory;
}

/**
 * Prepares the demo's ledger on PostgreSQL. Returns true if the demo must still fill it with a history. The demo never
 * deletes such a ledger. So with --fresh, or after an interrupted history, throws a CommandError that asks for an empty
 * database.
 * @param {{ stack: Stack, history: string | null, isFresh: boolean,
 *   files: import("./ledger-files.mjs").LedgerFiles }} options
 */
function prepareOnServer({ stack, history, isFresh, files }) {
  if (isFresh || history === "begun")
    throw new CommandError(
      `The demo ${isFresh ? "deletes no ledger" : "was interrupted while it filled the ledger"} on a server: name an empty database in DATABASE_URL.`,
    );
  if (!stack.usesStandIn || history !== null) return false;
  rmSync(files.standIn, { force: true });
  writeFileSync(files.record, "begun");
  return true;
}

/** @param {import("./ledger-files.mjs").LedgerFiles} files */
function deleteFiles({ ledger, standIn, record }) {
  for (const file of [ledger, standIn])
    for (const end of ["", "-wal", "-shm"]) rmSync(`${file}${end}`, { force: true });
  rmSync(record, { force: true });
}

/** Deletes the files that the demos of all sizes share. */
function deleteShared() {
  rmSync(join(DEMO_FOLDER, "mail"), { recursive: true, force: true });
  for (const name of ["site", "stripe", "inbox"]) rmSync(join(DEMO_FOLDER, `${name}.log`), { force: true });
}

/** @param {Pick<Stack, "settings">} stack @param {import("./size.mjs").Size | null} [size] */
export async function generateDemoHistory({ settings }, size = null) {
  await runNodeVisiblyOrThrow(
    "Recording the history",
    ["--conditions=react-server", "--import", "tsx", "tools/demo/history.ts", ...(size ? [size] : [])],
    {
      env: settings,
    },
  );
  writeFileSync(demoDataFilesOf(DEMO_FOLDER, settings).record, "done");
}

/**
 * Compares the ledger with Stripe, so that the page for staff no longer says "not yet compared". The demo continues
 * even if there are differences.
 * @param {Pick<Stack, "settings">} stack
 */
export async function runBooksCheck({ settings }) {
  const { output } = await runNode(["--conditions=react-server", "--import", "tsx", "tools/database/books-check.ts"], {
    env: settings,
  });
  console.log(`  ${output.trim().split("\n").at(-1)}`);
}
