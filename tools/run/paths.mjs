import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const REPOSITORY_ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** The folder of the files that the demo keeps from one run to the next. */
export const DEMO_FOLDER = join(REPOSITORY_ROOT, ".demo");
