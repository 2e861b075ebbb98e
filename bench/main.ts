// npm run bench: how fast an article is served, and what it costs a cold browser. Compare the rows of one run with each other:
// the load comes from the same machine. `--write` keeps the result in docs/benchmarks.md.
import { writeFileSync } from "node:fs";
import { cpus, release } from "node:os";
import { ensureBrowser } from "../tools/browser.mjs";
import { firstToEnd, startChild, stopAll, stopAllOnSignal, waitUntilHealthy } from "../tools/children.mjs";
import { ensureBuilt } from "../tools/compile.mjs";
import { findFreePorts } from "../tools/ports.mjs";
import { runCommand, Stop, step } from "../tools/screen.mjs";
import { measureLoad } from "./load";
import { report } from "./report";
import { measureVisit } from "./visit";

const runs = 5;
const secondsPerRun = 8;
const startTimeoutMs = 60_000;

async function main(): Promise<void> {
  stopAllOnSignal();
  await step("Production build", ensureBuilt);
  const { article, reference, ended } = await step("Starting the site on an empty ledger", startServers);
  const text = await Promise.race([measure(article, reference), ended]);
  await stopAll();
  console.log(`\n${text}`);
  if (process.argv.includes("--write")) writeFileSync(new URL("../docs/benchmarks.md", import.meta.url), text);
}

/** The site with an article, and the reference beside it. `ended` rejects where one of them goes away. */
async function startServers() {
  const [port, stripe, mail, smtp, own] = await findFreePorts(5, 13_200);
  const site = `http://127.0.0.1:${port}`;
  const env = { PORT: `${port}`, STRIPE_SANDBOX_PORT: `${stripe}`, MAIL_PORT: `${mail}`, MAIL_SMTP_PORT: `${smtp}` };
  const stack = startChild("stack", ["tools/fresh-stack.mjs", "bench"], { env });
  await waitUntilHealthy(stack, `${site}/api/health`, { timeoutMs: startTimeoutMs });
  const article = `${site}${await firstArticle(site)}`;
  const bare = startChild("reference", ["--import", "tsx", "bench/reference.ts", article, `${own}`]);
  const reference = `http://127.0.0.1:${own}/`;
  await waitUntilHealthy(bare, reference, { timeoutMs: startTimeoutMs });
  const ended = firstToEnd([stack, bare]).then(({ name, lastLines }) => {
    throw new Stop(`The ${name} has ended. It said:\n\n${lastLines()}`);
  });
  return { article, reference, ended };
}

async function measure(article: string, reference: string): Promise<string> {
  const targets = [
    { name: "Article, identity", url: article, encoding: "identity" as const },
    { name: "Article, gzip", url: article, encoding: "gzip" as const },
    { name: "Reference: bare Node http, the same bytes", url: reference, encoding: "identity" as const },
  ];
  const loads = await measureLoad({ targets, runs, secondsPerRun });
  const visit = await step("A cold visit in Chromium", async () => measureVisit(article, await ensureBrowser()));
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, Linux ${release()}, Node ${process.versions.node}`;
  return report({ loads, visit, machine, runs, secondsPerRun, day: new Date() });
}

async function firstArticle(site: string): Promise<string> {
  const page = await (await fetch(site)).text();
  const path = /href="(\/articles\/[^"]+)"/.exec(page)?.[1];
  if (!path) throw new Error("the front page lists no article");
  return path;
}

await runCommand(main, stopAll);
process.exit(0);
