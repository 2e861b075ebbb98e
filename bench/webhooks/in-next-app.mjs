// Next's command in the folder of the measuring sticks: `node bench/webhooks/in-next-app.mjs build`. From any other working
// directory it would take the site's own proxy.ts and instrumentation.ts for theirs.
import { join } from "node:path";

process.chdir(join(import.meta.dirname, "next-app"));
await import("next/dist/bin/next");
