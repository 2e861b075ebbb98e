// Which files belong together: a ledger, the stand-in's books that it was recorded from, and the note whether its history is
// whole. A ledger elsewhere (DATABASE_URL) has its own pair, so that two ledgers never share one stand-in's memory.
import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import { ROOT } from "../run/paths.mjs";

export function booksOf(folder, { DATABASE_URL }) {
  const ledger = resolve(ROOT, DATABASE_URL.replace(/^file:/, ""));
  const isOwn = ledger === join(folder, "ledger.db");
  const mark = isOwn ? "" : `-${createHash("sha256").update(ledger).digest("hex").slice(0, 8)}`;
  return { ledger, standIn: join(folder, `stripe${mark}.db`), record: join(folder, `history${mark}.json`) };
}
