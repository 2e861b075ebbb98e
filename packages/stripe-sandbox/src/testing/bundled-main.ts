// Bundles the command for tests that start it several times: with tsx each start takes four times as long.
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";

/**
 * The folder of the bundle. It must be inside the package, so that Node finds the dependencies that the bundle imports.
 */
const FOLDER = join(import.meta.dirname, "..", "..", ".cache", "bundled");

/** Keeps the import.meta.url of each source, because the sources read stylesheets and scripts from their own folder. */
const keepOwnUrl: Plugin = {
  name: "keep own URL",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href)),
      loader: "ts",
    }));
  },
};

let bundled: Promise<string> | undefined;

export function bundleMainCommand(): Promise<string> {
  bundled ??= bundle();
  return bundled;
}

async function bundle(): Promise<string> {
  mkdirSync(FOLDER, { recursive: true });
  removeStaleBundles(FOLDER);
  const outfile = join(FOLDER, `main-${process.pid}.mjs`);
  await build({
    entryPoints: [join(import.meta.dirname, "..", "main.ts")],
    bundle: true,
    format: "esm",
    packages: "external",
    platform: "node",
    plugins: [keepOwnUrl],
    outfile,
    logLevel: "error",
  });
  return outfile;
}

/** Deletes the bundles of processes that have ended. Each process has a bundle of its own and does not delete it. */
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
