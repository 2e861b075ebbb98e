// `node lab/bench/page/in-next-app.mjs build --webpack` runs Next's command in the folder of the empty app.
import { join } from "node:path";

process.chdir(join(import.meta.dirname, "next-app"));
await import("next/dist/bin/next");
