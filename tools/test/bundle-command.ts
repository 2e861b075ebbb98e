// Bundles a command into one JavaScript file, for a test that runs it many times: tsx would compile it each time, which takes longer
// than the command itself.
import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { buildSync } from "esbuild";

const FOLDER = join(import.meta.dirname, "..", "..", ".cache", "commands");

/** Bundles the command and returns the bundle's path. It is within the project, because it imports packages from node_modules. */
export function bundleCommand(entry: string): string {
  mkdirSync(FOLDER, { recursive: true });
  const outfile = join(FOLDER, `${basename(entry, ".ts")}-${process.pid}.mjs`);
  buildSync({
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    // Next's guard against client imports is not needed here, and would throw.
    alias: { "server-only": join(import.meta.dirname, "../../node_modules/server-only/empty.js") },
    outfile,
    logLevel: "error",
  });
  return outfile;
}
