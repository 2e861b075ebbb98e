// Computes a hash of source files, which shows if the files generated from them are up to date. The hash of the last
// run (the "stamp") is stored beside the generated files.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { REPOSITORY_ROOT } from "../run/paths.mjs";

/** @param {readonly string[]} files @param {string[]} otherInputs */
export function fingerprintOf(files, ...otherInputs) {
  const hash = createHash("sha256");
  for (const fact of otherInputs) hash.update(`${fact}\0`);
  for (const file of [...files].sort())
    hash
      .update(`${relative(REPOSITORY_ROOT, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  return hash.digest("hex");
}

/** @param {string} folder @param {(name: string, path: string) => boolean} [isLeftOut] @returns {string[]} */
export function filesUnder(folder, isLeftOut = () => false) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (isLeftOut(entry.name, path)) return [];
    return entry.isDirectory() ? filesUnder(path, isLeftOut) : entry.isFile() ? [path] : [];
  });
}

/** @param {string} path */
export function readStoredFingerprint(path) {
  return existsSync(path) ? readFileSync(path, "utf8").trim() : null;
}

/** @param {string} path @param {string} value */
export function writeStoredFingerprint(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${value}\n`);
}
