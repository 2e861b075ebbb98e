// Measures how fast an article is served, and what a browser without a cache downloads for it.

import { ensureBuilt } from "../../tools/build/compile.mjs";
import { Stop, step } from "../../tools/run/console.mjs";
import { findFreePorts } from "../../tools/run/ports.mjs";
import { firstToEnd, startChild, waitUntilHealthy } from "../../tools/run/processes.mjs";
import { ensureBrowser } from "../../tools/test/browser.mjs";
import { type Load, measureLoad } from "./load";
import { describeMachine, formatInteger } from "./report";
import { measureVisit, type Visit } from "./visit";

const runs = 5;
const secondsPerRun = 8;
const startTimeoutMs = 60_000;

export async function benchArticle(): Promise<string> {
  await step("Production build", () => ensureBuilt());
  const { article, reference, ended } = await step("Starting the site on an empty ledger", startServers);
  return Promise.race([measure(article, reference), ended]);
}

/** Starts the site, and the reference server with a copy of its first article. `ended` rejects when one of the two ends. */
async function startServers() {
  const [port, stripe, mail, smtp, own] = await findFreePorts(5, 13_200);
  const site = `http://127.0.0.1:${port}`;
  const env = { PORT: `${port}`, STRIPE_SANDBOX_PORT: `${stripe}`, MAIL_PORT: `${mail}`, MAIL_SMTP_PORT: `${smtp}` };
  const stack = startChild("stack", ["tools/test/start-stack.mjs", "bench"], { env });
  await waitUntilHealthy(stack, `${site}/api/health`, { timeoutMs: startTimeoutMs });
  const article = `${site}${await firstArticle(site)}`;
  const bare = startChild("reference", ["--import", "tsx", "lab/bench/reference.ts", article, `${own}`]);
  const reference = `http://127.0.0.1:${own}/`;
  await waitUntilHealthy(bare, reference, { timeoutMs: startTimeoutMs });
  const ended = firstToEnd([stack, bare]).then(({ name, lastLines }) => {
    throw new Stop(`The ${name} has ended. Its last output:\n\n${lastLines()}`);
  });
  return { article, reference, ended };
}

async function measure(article: string, reference: string): Promise<string> {
  const targets = [
    { name: "Article, identity", url: article, encoding: "identity" as const },
    { name: "Article, gzip", url: article, encoding: "gzip" as const },
    // Articles were prerendered until their appeal could change (docs/decisions/021-appeals-edited-by-staff.md).
    {
      name: "A page that Next prerenders, gzip",
      url: new URL("/about-your-gift", article).href,
      encoding: "gzip" as const,
    },
    { name: "Reference: bare Node http, the same bytes", url: reference, encoding: "identity" as const },
  ];
  const loads = await measureLoad({ targets, runs, secondsPerRun });
  const visit = await step("A cold visit in Chromium", async () => measureVisit(article, await ensureBrowser()));
  return describe(loads, visit);
}

async function firstArticle(site: string): Promise<string> {
  const page = await (await fetch(site)).text();
  const path = /href="(\/articles\/[^"]+)"/.exec(page)?.[1];
  if (!path) throw new Error("the front page lists no article");
  return path;
}

function describe(loads: Load[], visit: Visit): string {
  const rows = loads.map(
    ({ name, requestsPerSecond, p99Ms, spread }) =>
      `| ${name} | ${formatInteger(requestsPerSecond)} | ${p99Ms.toFixed(0)} | ${Math.round(spread * 100)} % |`,
  );
  return `Written by \`npm run bench -- --write\` on ${describeMachine()}. The load (autocannon, 32 connections) comes from the same
machine, so compare the rows with each other and not with another machine's. Median of ${runs} runs of ${secondsPerRun} s, the targets in turn.

| | requests/s | p99 ms | spread |
|---|---|---|---|
${rows.join("\n")}

What a cold browser downloads for it:

| | |
|---|---|
| Requests | ${visit.requests} |
| Requests to third parties | ${visit.thirdParties} |
| Bytes on the wire, all, headers included | ${formatInteger(visit.bytesOnWire)} |
| JavaScript on the wire | ${formatInteger(visit.scriptsOnWire)} bytes |
| JavaScript unpacked | ${formatInteger(visit.scriptsRaw)} bytes |
`;
}
