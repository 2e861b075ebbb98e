// npm run bench: how fast an article is served, and what it costs a cold browser. Compare the rows of one run with each other:
// the load comes from the same machine. `--write` keeps the result in docs/benchmarks.md.
import { writeFileSync } from "node:fs";
import { cpus, release } from "node:os";
import { ensureBrowser } from "../tools/browser.mjs";
import { startChild, stopAll, stopAllOnSignal, waitUntilHealthy } from "../tools/children.mjs";
import { ensureBuilt } from "../tools/compile.mjs";
import { findFreePorts } from "../tools/ports.mjs";
import { runCommand, step } from "../tools/screen.mjs";
import { type Load, measureLoad } from "./load";
import { serveBytes } from "./reference";
import { report } from "./report";
import { measureVisit } from "./visit";

const runs = 5;
const secondsPerRun = 8;

async function main(): Promise<void> {
  stopAllOnSignal();
  await step("Production build", ensureBuilt);
  const [port = 0, stripe = 0, mail = 0, smtp = 0, reference = 0] = await findFreePorts(5, 13_200);
  const site = `http://127.0.0.1:${port}`;
  const env = { PORT: `${port}`, STRIPE_SANDBOX_PORT: `${stripe}`, MAIL_PORT: `${mail}`, MAIL_SMTP_PORT: `${smtp}` };
  const stack = startChild("stack", ["tools/fresh-stack.mjs", "bench"], { env });
  await step("Starting the site on an empty ledger", () =>
    waitUntilHealthy(stack, `${site}/api/health`, { timeoutMs: 60_000 }),
  );
  const article = await firstArticle(site);
  const bare = await serveBytes(`${site}${article}`, reference);
  const loads: Load[] = await measureLoad({
    targets: [
      { name: "Article, identity", url: `${site}${article}`, encoding: "identity" },
      { name: "Article, gzip", url: `${site}${article}`, encoding: "gzip" },
      { name: "Reference: bare Node http, the same bytes", url: bare.url, encoding: "identity" },
    ],
    runs,
    secondsPerRun,
  });
  bare.close();
  const visit = await step("A cold visit in Chromium", async () =>
    measureVisit(`${site}${article}`, await ensureBrowser()),
  );
  await stopAll();
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, Linux ${release()}, Node ${process.versions.node}`;
  const text = report({ loads, visit, machine, runs, secondsPerRun, day: new Date() });
  console.log(`\n${text}`);
  if (process.argv.includes("--write")) writeFileSync(new URL("../docs/benchmarks.md", import.meta.url), text);
}

async function firstArticle(site: string): Promise<string> {
  const page = await (await fetch(site)).text();
  const path = /href="(\/articles\/[^"]+)"/.exec(page)?.[1];
  if (!path) throw new Error("the front page lists no article");
  return path;
}

await runCommand(main, stopAll);
process.exit(0);
