// Paths of the repository, so that every command works from any directory.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/**
 * The folder of the files that the demo keeps between runs: its ledger, the Stripe stand-in's database, the e-mails, its
 * secrets.
 */
export const DEMO_FOLDER = join(ROOT, ".demo");
