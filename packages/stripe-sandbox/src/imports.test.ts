import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

const SOURCE = import.meta.dirname;
const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const imports = new Map(files.map((file) => [file, importsOf(file)]));

/** The layers, the lowest first: each is allowed to import the layers before it. */
const LAYERS = ["resources/", "payment-flows/", "routes/"];

function importsOf(file: string): string[] {
  const text = readFileSync(join(SOURCE, file), "utf8");
  const found = text.matchAll(/^(?:import|export)\b[^"';`]*?\bfrom "([^"]+)";|\bimport\("([^"]+)"\)/gm);
  return [...found].map(([, specifier, dynamic]) => specifier ?? dynamic ?? "");
}

function sourcesOf(file: string): string[] {
  const relative = (imports.get(file) ?? []).filter((specifier) => specifier.startsWith("."));
  return relative.map((specifier) => normalize(join(dirname(file), specifier))).map((path) => `${path}.ts`);
}

/** Returns the first cycle of imports that it finds, or null. `path`: the chain of imports that leads to the file. */
function findCycle(file: string, path: string[], done: Set<string>): string[] | null {
  const loopStart = path.indexOf(file);
  if (loopStart >= 0) return [...path.slice(loopStart), file];
  if (done.has(file)) return null;
  for (const next of sourcesOf(file)) {
    const cycle = findCycle(next, [...path, file], done);
    if (cycle) return cycle;
  }
  done.add(file);
  return null;
}

test("no file imports itself through other files, type imports included", () => {
  const done = new Set<string>();
  expect(files.flatMap((file) => findCycle(file, [], done)?.join(" → ") ?? [])).toEqual([]);
});

test("routes import payment flows, payment flows import resources, and never the other way", () => {
  const layerOf = (file: string) => LAYERS.findIndex((layer) => file.startsWith(layer));
  const against = files.flatMap((file) =>
    sourcesOf(file)
      .filter((target) => layerOf(file) >= 0 && layerOf(target) > layerOf(file))
      .map((target) => `${file} → ${target}`),
  );
  expect(against).toEqual([]);
});

test("every import is a source of the package or a dependency that it declares", () => {
  const {
    name: own,
    dependencies,
    devDependencies,
  } = JSON.parse(readFileSync(join(SOURCE, "../package.json"), "utf8"));
  const undeclared = files.flatMap((file) =>
    (imports.get(file) ?? [])
      .filter((specifier) => !specifier.startsWith(".") && !isBuiltin(specifier))
      .filter((specifier) => {
        const name = specifier.split("/")[0] ?? "";
        return name !== own && !(name in dependencies) && !(name in devDependencies && isForTests(file));
      })
      .map((specifier) => `${file} → ${specifier}`),
  );
  const outside = files.flatMap((file) =>
    sourcesOf(file)
      .filter(
        (target) => target.startsWith("..") || !(files.includes(target) || existsSync(join(SOURCE, asAsset(target)))),
      )
      .map((target) => `${file} → ${target}`),
  );
  expect([...undeclared, ...outside]).toEqual([]);
});

function isForTests(file: string): boolean {
  return file.endsWith(".test.ts") || file === "testing/bundled-main.ts";
}

function asAsset(target: string): string {
  return target.replace(/\.ts$/, "");
}
