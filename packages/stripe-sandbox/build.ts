// Compiles what the package exports into dist/, file by file, so that stylesheets and scripts are found beside the code.
import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build, type Plugin } from "esbuild";

const FOLDER = import.meta.dirname;
const DIST = join(FOLDER, "dist");
const ENTRIES = ["src/main.ts", "src/start.ts", "src/testing.ts"];
const COMMON = {
  absWorkingDir: FOLDER,
  bundle: true,
  format: "esm",
  outdir: "dist",
  packages: "external",
  platform: "node",
  target: "node20",
} as const;

/** Keeps each source a file of its own: Node needs the extension that the sources leave out. JSON is written into the code. */
const oneFileEach: Plugin = {
  name: "one file each",
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ path, kind }) =>
      kind === "entry-point" || path.endsWith(".json") ? null : { path: `${path}.js`, external: true },
    );
  },
};

rmSync(DIST, { recursive: true, force: true });
const { metafile } = await build({ ...COMMON, entryPoints: ENTRIES, metafile: true, write: false });
const sources = Object.keys(metafile.inputs).filter((path) => path.endsWith(".ts"));
await build({ ...COMMON, entryPoints: sources.map((path) => `./${path}`), outbase: "src", plugins: [oneFileEach] });
cpSync(join(FOLDER, "src"), DIST, { recursive: true, filter: (path) => !/\.(ts|json)$/.test(path) });
writeTypes();

/** The compiler leaves specifiers as they are written; a consumer that resolves as Node does needs their extension. */
function writeTypes(): void {
  const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  const options = [
    "--noEmit",
    "false",
    "--declaration",
    "--emitDeclarationOnly",
    "--rootDir",
    "src",
    "--outDir",
    "dist",
  ];
  const { status } = spawnSync(process.execPath, [compiler, "-p", "tsconfig.build.json", ...options], {
    cwd: FOLDER,
    stdio: "inherit",
  });
  if (status !== 0) throw new Error("The compiler could not write the types; its messages are above.");
  for (const name of readdirSync(DIST, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".d.ts")) continue;
    const path = join(DIST, name);
    writeFileSync(path, readFileSync(path, "utf8").replace(/(from|import\()( ?)"(\.[^"]+)"/g, '$1$2"$3.js"'));
  }
}
