// Whether something must be made again: a hash over what it is made from, kept beside it as a stamp.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { ROOT } from "../run/paths.mjs";

/** One hash over the names and bytes of files. */
export function fingerprintOf(files, ...facts) {
  const hash = createHash("sha256");
  for (const fact of facts) hash.update(`${fact}\0`);
  for (const file of [...files].sort())
    hash
      .update(`${relative(ROOT, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  return hash.digest("hex");
}

/** Every file under `folder`, save where `isLeftOut` says so of its name or folder. */
export function filesUnder(folder, isLeftOut = () => false) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (isLeftOut(entry.name, path)) return [];
    return entry.isDirectory() ? filesUnder(path, isLeftOut) : entry.isFile() ? [path] : [];
  });
}

export function readStamp(path) {
  return existsSync(path) ? readFileSync(path, "utf8").trim() : null;
}

export function writeStamp(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${value}\n`);
}
