// The site's server as one file that Node can load beside Next, the webhook's handler in it: the same source as the route that
// Next builds of it.
import { join } from "node:path";
import { ROOT } from "../run/paths.mjs";

export const SERVER = join(ROOT, ".next/appeal-server.mjs");

export async function bundleServer() {
  // Not at the head: the commands that read this file also start where nothing is installed yet.
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: ROOT,
    entryPoints: ["tools/run/serve.ts"],
    outfile: SERVER,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    // Next's guard against client imports has nothing to guard here, and would refuse.
    alias: { "server-only": join(ROOT, "node_modules/server-only/empty.js") },
    logLevel: "warning",
  });
}
