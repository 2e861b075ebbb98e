// Tests the package as another project installs it: compiled, without the sources, with only its own dependencies.
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isFullRun } from "./testing/scope";

const PACKAGE = join(import.meta.dirname, "..");
const require = createRequire(import.meta.url);
const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "stripe-sandbox-package-"));

beforeAll(async () => {
  const { dependencies, files } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8"));
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "stripe-sandbox"), { recursive: true });
  for (const name of ["package.json", ...files.filter((name: string) => name !== "dist")])
    cpSync(join(PACKAGE, name), join(modules, "stripe-sandbox", name), { recursive: true });
  // Compiles into the test's folder, not into the package's own dist/. Outside a full run (TESTS=all), the compiled
  // files have no types.
  if (files.includes("dist")) await writeDist(join(modules, "stripe-sandbox", "dist"));
  for (const name of [...Object.keys(dependencies), "@types/node"]) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(folderOf(name), join(modules, name));
  }
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
});

async function writeDist(dist: string): Promise<void> {
  if (!isFullRun) return (await import(join(PACKAGE, "compile.ts"))).compile(dist);
  await run(process.execPath, ["--import", require.resolve("tsx"), "build.ts", dist], { cwd: PACKAGE });
}

afterAll(() => rmSync(folder, { recursive: true }));

function folderOf(name: string): string {
  const places = require.resolve.paths(name) ?? [];
  const place = places.map((path) => join(path, name)).find((path) => isFolder(path));
  if (!place) throw new Error(`${name} is not installed`);
  return place;
}

function isFolder(path: string): boolean {
  try {
    return readFileSync(join(path, "package.json")).length > 0;
  } catch {
    return false;
  }
}

test("plain Node starts the stand-in by the package's name, the package's helpers pay on its pages, and its command prints its usage", async () => {
  const program = `
    import { startSandbox } from "stripe-sandbox";
    import { submitCheckoutForm, oneTimeGiftParams, openTestSandbox } from "stripe-sandbox/testing";
    const { url, close } = await startSandbox();
    const page = await fetch(url + "/assets/page.css");
    await close();
    const bench = await openTestSandbox();
    const session = await bench.stripe.checkout.sessions.create(oneTimeGiftParams());
    await submitCheckoutForm(session);
    const { payment_status } = await bench.stripe.checkout.sessions.retrieve(session.id);
    await bench.close();
    console.log(page.status, payment_status);
    process.argv.push("--help");
    const command = "./node_modules/stripe-sandbox/bin/stripe-sandbox.mjs";
    await import(command);`;
  writeFileSync(join(folder, "site.mjs"), program);
  const { stdout } = await run(process.execPath, ["site.mjs"], { cwd: folder });
  expect(stdout).toMatch(/^200 paid\n/);
  expect(stdout).toContain("usage: stripe-sandbox [options]");
});

test.skipIf(!isFullRun)(
  "the package's types work with Node's module resolution, and a wrong option is an error",
  async () => {
    const compiler = join(dirname(require.resolve("typescript/package.json")), "bin/tsc");
    const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023", "--types", "node"];
    const program = (port: string) => `import { startSandbox } from "stripe-sandbox";
import { type TestSandbox, openTestSandbox } from "stripe-sandbox/testing";
export const bench: Promise<TestSandbox> = openTestSandbox();
export const url: string = (await startSandbox({ port: ${port} })).url;\n`;
    writeFileSync(join(folder, "right.ts"), program("4300"));
    writeFileSync(join(folder, "wrong.ts"), program('"4300"'));
    // Compiles both files with one start of the compiler, because a start takes two seconds of processor time.
    const compiled = run(process.execPath, [compiler, ...options, "right.ts", "wrong.ts"], { cwd: folder });
    const { stdout } = await compiled.then(
      () => ({ stdout: "" }),
      (failed: { stdout: string }) => failed,
    );
    expect(stdout.match(/^\S.*error.*$/gm)).toEqual([
      expect.stringMatching(/^wrong\.ts.*'string' is not assignable to type 'number'/),
    ]);
  },
);
