// The demo's ledger and its past: made once, kept, and begun again where the making was interrupted.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DEMO_FOLDER, ROOT } from "./root.mjs";
import { mustShow } from "./run.mjs";
import { Stop } from "./screen.mjs";

/** `{ ledger, state: "begun" | "done" }`: which ledger got our history, and whether it is whole. */
const RECORD = join(DEMO_FOLDER, "history.json");

/**
 * Clears away what must not be there (all of it with --fresh, an unfinished history always) and says whether a history is to be
 * recorded. A ledger that was there before us is never touched.
 */
export function prepareLedger({ stack, given, isFresh }) {
  mkdirSync(DEMO_FOLDER, { recursive: true, mode: 0o700 });
  const ledger = resolve(ROOT, stack.settings.DATABASE_URL.replace(/^file:/, ""));
  const record = existsSync(RECORD) ? JSON.parse(readFileSync(RECORD, "utf8")) : null;
  const isOurs = given.DATABASE_URL === undefined || record?.ledger === ledger;
  const isUnfinished = record?.ledger === ledger && record.state !== "done";
  if (isFresh && !isOurs && existsSync(ledger))
    throw new Stop(
      `--fresh would delete ${ledger}, which the demo did not make. Move it away yourself, or unset DATABASE_URL.`,
    );
  if (isFresh || isUnfinished) clearAway(ledger);
  const needsHistory = stack.usesStandIn && !existsSync(ledger);
  if (needsHistory) writeRecord({ ledger, state: "begun" });
  return needsHistory;
}

function clearAway(ledger) {
  const books = [ledger, join(DEMO_FOLDER, "stripe.db")];
  for (const file of books) for (const suffix of ["", "-wal", "-shm"]) rmSync(`${file}${suffix}`, { force: true });
  for (const name of ["mail", "history.json"]) rmSync(join(DEMO_FOLDER, name), { recursive: true, force: true });
  for (const name of ["site", "stripe", "inbox"]) rmSync(join(DEMO_FOLDER, `${name}.log`), { force: true });
}

/** Has the stand-in live through 18 months and tell the site of each gift by webhook. */
export async function recordHistory({ settings }) {
  await mustShow("Recording the history", ["--import", "tsx", "tools/demo-history.ts"], { env: settings });
  const { ledger } = JSON.parse(readFileSync(RECORD, "utf8"));
  writeRecord({ ledger, state: "done" });
}

function writeRecord(record) {
  writeFileSync(RECORD, JSON.stringify(record));
}
