import { join } from "node:path";
import { REPOSITORY_ROOT } from "../run/paths.mjs";

export const SERVER_BUNDLE_PATH = join(REPOSITORY_ROOT, ".next/appeal-server.mjs");

export async function bundleServer() {
  // esbuild is imported here and not at the top, because commands import this file before the packages are installed.
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: REPOSITORY_ROOT,
    entryPoints: ["tools/run/serve.ts"],
    outfile: SERVER_BUNDLE_PATH,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    // Replaces `server-only` with an empty module, because that package throws outside of Next's server bundles.
    alias: { "server-only": join(REPOSITORY_ROOT, "node_modules/server-only/empty.js") },
    logLevel: "warning",
  });
}
