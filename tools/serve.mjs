// Starts the site's server as the build has bundled it (tools/serve.ts).
import { SERVER } from "./server-bundle.mjs";

await import(SERVER);
