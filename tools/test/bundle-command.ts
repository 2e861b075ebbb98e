// Bundles a command into one JavaScript file, for a test that runs it many times: tsx would compile it each time, which takes longer
// than the command itself.
import { mkdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import { ROOT } from "../run/paths.mjs";

const FOLDER = join(ROOT, ".cache/commands");

/** As in vitest.config.ts: the command belongs to the newsroom of the tests. */
const testPublication: Plugin = {
  name: "test-publication",
  setup({ onResolve }) {
    onResolve({ filter: /(^|\/)publication$/ }, ({ path, resolveDir }) => {
      const isOwn = resolve(resolveDir, path) === join(ROOT, "publication") || path === "@/publication";
      return isOwn ? { path: join(ROOT, "domain/testing/test-publication.ts") } : undefined;
    });
  },
};

/** Bundles the command and returns the bundle's path. It is within the project, because it imports packages from node_modules. */
export async function bundleCommand(entry: string): Promise<string> {
  mkdirSync(FOLDER, { recursive: true });
  const outfile = join(FOLDER, `${basename(entry, ".ts")}-${process.pid}.mjs`);
  await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    plugins: [testPublication],
    // Next's guard against client imports is not needed here, and would throw.
    alias: { "server-only": join(ROOT, "node_modules/server-only/empty.js") },
    outfile,
    logLevel: "error",
  });
  return outfile;
}
