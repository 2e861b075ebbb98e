import { SERVER } from "../build/server-bundle.mjs";

await import(SERVER);
