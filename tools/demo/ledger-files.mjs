// Names the files of the demo. Each ledger (DATABASE_URL) has its own files for the stand-in's data, so that two
// ledgers never share these data.
import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import { REPOSITORY_ROOT } from "../run/paths.mjs";

/** @typedef {{ ledger: string, standIn: string, record: string }} LedgerFiles */

/** @param {string} folder @param {{ DATABASE_URL: string }} settings @returns {LedgerFiles} */
export function demoDataFilesOf(folder, { DATABASE_URL }) {
  const ledger = resolve(REPOSITORY_ROOT, DATABASE_URL.replace(/^file:/, ""));
  const isOwn = ledger === join(folder, "ledger.db");
  const suffix = isOwn ? "" : `-${createHash("sha256").update(ledger).digest("hex").slice(0, 8)}`;
  return { ledger, standIn: join(folder, `stripe${suffix}.db`), record: join(folder, `history${suffix}.json`) };
}
