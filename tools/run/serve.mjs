import { SERVER_BUNDLE_PATH } from "../build/server-bundle.mjs";

await import(SERVER_BUNDLE_PATH);
