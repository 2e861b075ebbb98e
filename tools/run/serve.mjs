// Starts the site's server: the bundle that the build makes of tools/run/serve.ts.
import { SERVER } from "../build/server-bundle.mjs";

await import(SERVER);
