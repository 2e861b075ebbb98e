// Bundles a TypeScript command for tests. Without the bundle, tsx would compile the command each time that a test runs
// it, which takes longer than the command itself.
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { build, type Plugin } from "esbuild";
import { REPOSITORY_ROOT } from "../run/paths.mjs";
import { modulePathInTests, PUBLICATION_IMPORT_PATTERN, SERVER_ONLY_STUB_PATH } from "./test-modules.mjs";

const FOLDER = join(REPOSITORY_ROOT, ".cache/commands");

const ASKED_BY_US = {};

const testPublication: Plugin = {
  name: "test-publication",
  setup({ onResolve, resolve }) {
    onResolve({ filter: PUBLICATION_IMPORT_PATTERN }, async ({ path, ...options }) => {
      if (options.pluginData === ASKED_BY_US) return undefined;
      const found = await resolve(path, { ...options, pluginData: ASKED_BY_US });
      return found.errors.length > 0 ? { errors: found.errors } : { path: modulePathInTests(found.path) };
    });
  },
};

/**
 * Bundles the command with the publication of the tests, and returns the bundle's path. The bundle is inside the
 * project, because it imports packages from node_modules.
 */
export async function bundleCommand(entry: string): Promise<string> {
  mkdirSync(FOLDER, { recursive: true });
  removeStaleBundles(FOLDER);
  const outfile = join(FOLDER, `${basename(entry, ".ts")}-${process.pid}.mjs`);
  await build({
    absWorkingDir: REPOSITORY_ROOT,
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    plugins: [testPublication],
    alias: { "server-only": SERVER_ONLY_STUB_PATH },
    outfile,
    logLevel: "error",
  });
  return outfile;
}

/**
 * Deletes the bundles of processes that have exited. Each process has a bundle of its own, and nothing else deletes it.
 */
export function removeStaleBundles(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = /-(\d+)\.mjs$/.exec(name)?.[1];
    if (pid && hasExited(Number(pid))) rmSync(join(folder, name), { force: true });
  }
}

function hasExited(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
