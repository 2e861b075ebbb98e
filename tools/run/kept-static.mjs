// @ts-check
// Stylesheets, fonts and scripts of earlier builds. Shared caches may show an article for a day after a deploy
// (s-maxage and stale-while-revalidate in next.config.js), and that article names the files of the build that made it.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { filesUnder } from "../build/fingerprint.mjs";

const KEPT_FOR_MS = 2 * 24 * 60 * 60 * 1000;

/** @param {string} build the folder of the build, such as `.next` */
function placesIn(build) {
  return { files: join(build, "static"), dates: join(build, "static-replaced-at.json"), aside: `${build}-static` };
}

/** Call before a build, which empties its folder. @param {string} build */
export function setStaticAside(build) {
  const { files, dates, aside } = placesIn(build);
  // What a build that failed left aside is from the last one that did not.
  if (!existsSync(files) || existsSync(aside)) return;
  renameSync(files, aside);
  if (existsSync(dates)) renameSync(dates, join(aside, "replaced-at.json"));
}

/**
 * Call after a build. Brings back the files that the build replaced less than two days ago.
 * @param {string} build @param {Date} now
 */
export function bringStaticBack(build, now) {
  const { files, dates, aside } = placesIn(build);
  if (!existsSync(aside)) return;
  const known = readDates(join(aside, "replaced-at.json"));
  /** @type {Record<string, string>} */
  const kept = {};
  for (const path of filesUnder(aside)) {
    const name = relative(aside, path);
    const target = join(files, name);
    const replacedAt = known[name] ?? now.toISOString();
    if (name === "replaced-at.json" || existsSync(target)) continue;
    if (now.getTime() - Date.parse(replacedAt) > KEPT_FOR_MS) continue;
    mkdirSync(dirname(target), { recursive: true });
    renameSync(path, target);
    kept[name] = replacedAt;
  }
  writeFileSync(dates, JSON.stringify(kept));
  rmSync(aside, { recursive: true });
}

/** @param {string} path @returns {Record<string, string>} */
function readDates(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
}
