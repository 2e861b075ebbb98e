// Compiles the package. Copies stylesheets and scripts beside the compiled code, which reads them from its own folder.
import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build, type Plugin } from "esbuild";

const FOLDER = import.meta.dirname;
const ENTRIES = ["src/main.ts", "src/start.ts", "src/testing.ts"];
const COMMON = {
  absWorkingDir: FOLDER,
  bundle: true,
  format: "esm",
  packages: "external",
  platform: "node",
  target: "node20",
} as const;

/** Leaves relative imports in place and adds `.js`, which Node requires and the sources omit. Inlines JSON files. */
const oneFileEach: Plugin = {
  name: "one file each",
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ path, kind }) =>
      kind === "entry-point" || path.endsWith(".json") ? null : { path: `${path}.js`, external: true },
    );
  },
};

/** Writes the package's code, without its types. Deletes the folder `dist` first. */
export async function compile(dist: string): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  const common = { ...COMMON, outdir: dist };
  const { metafile } = await build({ ...common, entryPoints: ENTRIES, metafile: true, write: false });
  const sources = Object.keys(metafile.inputs).filter((path) => path.endsWith(".ts"));
  await build({ ...common, entryPoints: sources.map((path) => `./${path}`), outbase: "src", plugins: [oneFileEach] });
  cpSync(join(FOLDER, "src"), dist, { recursive: true, filter: (path) => !/\.(ts|json)$/.test(path) });
}

/**
 * Writes the .d.ts files. Adds `.js` to their relative imports. Consumers with Node's module resolution need this
 * ending.
 */
export function writeTypeDeclarations(dist: string): void {
  const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  const options = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--rootDir", "src", "--outDir", dist];
  const { status } = spawnSync(process.execPath, [compiler, "-p", "tsconfig.build.json", ...options], {
    cwd: FOLDER,
    stdio: "inherit",
  });
  if (status !== 0) throw new Error("The compiler could not write the types; its messages are above.");
  for (const name of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".d.ts")) continue;
    const path = join(dist, name);
    writeFileSync(path, readFileSync(path, "utf8").replace(/(from|import\()( ?)"(\.[^"]+)"/g, '$1$2"$3.js"'));
  }
}
