// The demo's ledger and its past: made once, kept, and begun again where the making was interrupted.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { providerOf } from "../database/providers.mjs";
import { Stop } from "../run/console.mjs";
import { DEMO_FOLDER } from "../run/paths.mjs";
import { mustShow, runNode } from "../run/spawn.mjs";
import { booksOf } from "./books.mjs";

/**
 * Clears away what must not be there (all of it with --fresh, an unfinished history always) and says whether a history is to be
 * recorded. A ledger that was there before us is never touched.
 */
export function prepareLedger({ stack, given, isFresh }) {
  mkdirSync(DEMO_FOLDER, { recursive: true, mode: 0o700 });
  const books = booksOf(DEMO_FOLDER, stack.settings);
  const history = existsSync(books.record) ? readFileSync(books.record, "utf8").trim() : null;
  if (providerOf(stack.settings.DATABASE_URL) === "postgresql")
    return prepareOnServer({ stack, history, isFresh, books });
  const isOurs = given.DATABASE_URL === undefined || history !== null;
  if (isFresh && !isOurs && existsSync(books.ledger))
    throw new Stop(
      `--fresh would delete ${books.ledger}, which the demo did not make. Move it away yourself, or unset DATABASE_URL.`,
    );
  if (isFresh || history === "begun") clearAway(books);
  const needsHistory = stack.usesStandIn && !existsSync(books.ledger);
  if (needsHistory) {
    clearAway(books);
    writeFileSync(books.record, "begun");
  }
  return needsHistory;
}

/** A server's ledger is nobody's to delete: whoever wants another names another database. */
function prepareOnServer({ stack, history, isFresh, books }) {
  if (isFresh || history === "begun")
    throw new Stop(
      `The demo ${isFresh ? "deletes no ledger" : "was interrupted while it filled the ledger"} on a server: name an empty database in DATABASE_URL.`,
    );
  if (!stack.usesStandIn || history !== null) return false;
  rmSync(books.standIn, { force: true });
  writeFileSync(books.record, "begun");
  return true;
}

function clearAway({ ledger, standIn, record }) {
  for (const file of [ledger, standIn])
    for (const end of ["", "-wal", "-shm"]) rmSync(`${file}${end}`, { force: true });
  rmSync(record, { force: true });
  rmSync(join(DEMO_FOLDER, "mail"), { recursive: true, force: true });
  for (const name of ["site", "stripe", "inbox"]) rmSync(join(DEMO_FOLDER, `${name}.log`), { force: true });
}

/** Has the stand-in live through 18 months and tell the site of each gift by webhook. */
export async function recordHistory({ settings }) {
  await mustShow("Recording the history", ["--conditions=react-server", "--import", "tsx", "tools/demo/history.ts"], {
    env: settings,
  });
  writeFileSync(booksOf(DEMO_FOLDER, settings).record, "done");
}

/** The newsroom's page then says "equal" and not "not yet compared". What the check finds is its result, and no failure of the demo. */
export async function compareBooks({ settings }) {
  const { output } = await runNode(["--conditions=react-server", "--import", "tsx", "tools/database/books-check.ts"], {
    env: settings,
  });
  console.log(`  ${output.trim().split("\n").at(-1)}`);
}
