// Runs Lighthouse on pages in turn: `node lab/bench/page/lighthouse.mjs FOLDER CHROMIUM RUNS URL …`. FOLDER has Lighthouse in its
// node_modules. Prints one line of JSON for each run, in the setting of a slow telephone, which is Lighthouse's own.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder = "", chromePath = "", runs = "", ...urls] = process.argv.slice(2);
const load = (/** @type {string} */ path) => import(pathToFileURL(join(folder, "node_modules", path)).href);
const { default: lighthouse } = await load("lighthouse/core/index.js");
const { launch } = await load("chrome-launcher/dist/index.js");
const onlyCategories = ["performance", "accessibility", "best-practices", "seo"];

const chrome = await launch({ chromePath, chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"] });
for (let run = 0; run < Number(runs); run++)
  for (const url of urls) {
    const { lhr } = await lighthouse(url, { port: chrome.port, logLevel: "silent", onlyCategories });
    const figureOf = (/** @type {string} */ audit) => lhr.audits[audit].numericValue;
    const scores = onlyCategories.map((name) => Math.round(lhr.categories[name].score * 100));
    const [lcpMs, tbtMs, cls] = ["largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"].map(
      figureOf,
    );
    console.log(JSON.stringify({ url, scores, fcpMs: figureOf("first-contentful-paint"), lcpMs, tbtMs, cls }));
  }
await chrome.kill();
