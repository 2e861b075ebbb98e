// Keeps the static files of earlier builds for two days after they were replaced. While the site is down, a cache may
// show an article for a day (`stale-if-error` in next.config.js). That article links to the files of its own build.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { filesUnder } from "../build/fingerprint.mjs";

const KEPT_FOR_MS = 2 * 24 * 60 * 60 * 1000;

/** @param {string} build the folder of the build, such as `.next` */
function placesIn(build) {
  return { files: join(build, "static"), dates: join(build, "static-replaced-at.json"), aside: `${build}-static` };
}

/**
 * Moves the static files out of the build's folder. Call it before a build, because a build empties that folder.
 * @param {string} buildFolder
 */
export function moveStaticFilesAside(buildFolder) {
  const { files, dates, aside } = placesIn(buildFolder);
  // If the folder `aside` already exists, the last build failed. Keeps that folder, because it holds the files of the
  // last successful build.
  if (!existsSync(files) || existsSync(aside)) return;
  renameSync(files, aside);
  if (existsSync(dates)) renameSync(dates, join(aside, "replaced-at.json"));
}

/**
 * Undoes moveStaticFilesAside(): moves the files back into the build's folder. Call it after a build. Does not move
 * back files that were replaced more than two days ago, or that the new build also has. It deletes them instead.
 * @param {string} buildFolder @param {Date} now
 */
export function restoreStaticFilesOfEarlierBuilds(buildFolder, now) {
  const { files, dates, aside } = placesIn(buildFolder);
  if (!existsSync(aside)) return;
  const replacedDates = readDates(join(aside, "replaced-at.json"));
  /** @type {Record<string, string>} */
  const keptDates = {};
  for (const path of filesUnder(aside)) {
    const name = relative(aside, path);
    const target = join(files, name);
    const replacedAt = replacedDates[name] ?? now.toISOString();
    if (name === "replaced-at.json" || existsSync(target)) continue;
    if (now.getTime() - Date.parse(replacedAt) > KEPT_FOR_MS) continue;
    mkdirSync(dirname(target), { recursive: true });
    renameSync(path, target);
    keptDates[name] = replacedAt;
  }
  writeFileSync(dates, JSON.stringify(keptDates));
  rmSync(aside, { recursive: true });
}

/** @param {string} path @returns {Record<string, string>} */
function readDates(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
}
