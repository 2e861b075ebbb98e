// `node lab/bench/page/lighthouse/run.mjs FOLDER CHROMIUM RUNS URL …` runs Lighthouse RUNS times on each URL and prints
// one line of JSON for each run. FOLDER must have Lighthouse in its node_modules. Uses Lighthouse's default device: a
// phone on a slow connection.
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder = "", chromePath = "", runs = "", ...urls] = process.argv.slice(2);
const load = (/** @type {string} */ path) => import(pathToFileURL(join(folder, "node_modules", path)).href);
const { default: lighthouse } = await load("lighthouse/core/index.js");
const { default: Trace } = await load("lighthouse/core/gather/gatherers/trace.js");
const { launch } = await load("chrome-launcher/dist/index.js");
const onlyCategories = ["performance", "accessibility", "best-practices", "seo"];

/**
 * A trace category that Lighthouse must leave out. With it, a tab of Chromium 147 crashes on every page with a
 * Referrer-Policy header, and Lighthouse reports ERR_ABORTED. Lighthouse uses the category only for its list of web
 * features (github.com/GoogleChrome/lighthouse/pull/16899).
 */
const CRASHES_THE_TAB = "blink.webdx_feature_usage";
/** @type {string[]} */
const traced = Trace.getDefaultTraceCategories();
Trace.getDefaultTraceCategories = () => traced.filter((category) => category !== CRASHES_THE_TAB);

const chrome = await launch({ chromePath, chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"] });
for (let run = 0; run < Number(runs); run++)
  for (const url of urls) {
    const { lhr } = await lighthouse(url, { port: chrome.port, logLevel: "silent", onlyCategories });
    if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
    const figureOf = (/** @type {string} */ audit) => lhr.audits[audit].numericValue;
    const scores = onlyCategories.map((name) => Math.round(lhr.categories[name].score * 100));
    const [lcpMs, tbtMs, cls] = ["largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"].map(
      figureOf,
    );
    console.log(JSON.stringify({ url, scores, fcpMs: figureOf("first-contentful-paint"), lcpMs, tbtMs, cls }));
  }
await chrome.kill();
