// Where the repository lies: every command works from any directory.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** What the demo keeps between two starts: its ledger, the stand-in's books, the mail, its secrets. */
export const DEMO_FOLDER = join(ROOT, ".demo");
