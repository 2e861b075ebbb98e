// Runs a command of Next in the folder of the empty Next app. For example: `node lab/bench/page/in-next-app.mjs build
// --webpack`.
import { join } from "node:path";

process.chdir(join(import.meta.dirname, "next-app"));
await import("next/dist/bin/next");
