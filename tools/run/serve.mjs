// Starts the site's server from the bundle that the build has made of tools/run/serve.ts.
import { SERVER } from "../build/server-bundle.mjs";

await import(SERVER);
