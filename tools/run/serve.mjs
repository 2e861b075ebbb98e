// Starts the site's server: the build's bundle of tools/run/serve.ts.
import { SERVER } from "../build/server-bundle.mjs";

await import(SERVER);
