// Starts the site's server as the build has bundled it (tools/run/serve.ts).
import { SERVER } from "../build/server-bundle.mjs";

await import(SERVER);
