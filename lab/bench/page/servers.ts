import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "../../../tools/build/compile.mjs";
import { CommandError, runStep } from "../../../tools/run/console.mjs";
import { REPOSITORY_ROOT } from "../../../tools/run/paths.mjs";
import { findFreePorts } from "../../../tools/run/ports.mjs";
import { type Child, startChild, waitForFirstChildToExit, waitUntilHealthy } from "../../../tools/run/processes.mjs";
import { runNodeOrThrow } from "../../../tools/run/spawn.mjs";
import type { LoadTestTarget } from "./load";
import { type RunningNginx, startNginx } from "./nginx";
import { type ContentCoding, copyPage } from "./page-copy";
import { startBenchStack } from "./site";

export type PageBenchServers = { targets: LoadTestTarget[]; nginx: RunningNginx | null; exited: Promise<never> };

const FOLDER = join(REPOSITORY_ROOT, ".cache/bench-page");
const NEXT_APP = "lab/bench/page/in-next-app.mjs";
const CODINGS: ContentCoding[] = ["br", "gzip", "identity"];
const timeoutMs = 60_000;

/**
 * Starts the servers that the benchmark compares. `exited` of the result rejects when the site, the bare Node server or
 * the Next app exits.
 */
export async function startPageBenchServers(): Promise<PageBenchServers> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  await runStep("Production build", () => ensureBuilt());
  const { stack, site, articles } = await runStep("Starting the site on an empty ledger", startBenchStack);
  const [nginxPort = 0, barePort = 0, nextPort = 0] = await findFreePorts(3, 13_300);
  const article = articles[0]?.url ?? "";
  const copies = await Promise.all(CODINGS.map((coding) => copyPage(article, coding)));
  const nginx = await startNginx(copies, { port: nginxPort, folder: FOLDER });
  const bare = startChild("bare Node server", [
    "--import",
    "tsx",
    "lab/bench/page/bare-node.ts",
    article,
    `${barePort}`,
  ]);
  const bareUrl = `http://127.0.0.1:${barePort}`;
  await waitUntilHealthy(bare, `${bareUrl}/gzip`, { timeoutMs });
  const next = await startNextApp(nextPort);
  const ended = waitForFirstChildToExit([stack, bare, next]).then(({ name, lastLines }) => {
    throw new CommandError(`The ${name} exited. Its last output:\n\n${lastLines()}`);
  });
  const nginxUrl = nginx && `http://127.0.0.1:${nginxPort}`;
  const targets = CODINGS.flatMap((coding): LoadTestTarget[] => [
    ...(nginxUrl ? [{ name: `nginx, ${coding}`, url: `${nginxUrl}/${coding}`, coding, pid: nginx.pid }] : []),
    { name: `The article, ${coding}`, url: article, coding, pid: pidOf(stack), reference: `nginx, ${coding}` },
    {
      name: `Bare Node, ${coding}`,
      url: `${bareUrl}/${coding}`,
      coding,
      pid: pidOf(bare),
      reference: `nginx, ${coding}`,
    },
  ]);
  const coding = "gzip";
  return {
    targets: [
      ...targets,
      {
        name: "Next, an empty prerendered page, gzip",
        url: `http://127.0.0.1:${nextPort}/`,
        coding,
        pid: pidOf(next),
      },
      { name: "A page of the site by Next, gzip", url: `${site}/about-your-gift`, coding, pid: pidOf(stack) },
      { name: "The article with a query, gzip", url: `${article}?from=mail`, coding, pid: pidOf(stack) },
    ],
    nginx,
    exited: ended,
  };
}

/**
 * Builds and starts an empty Next app. Builds with webpack, because Turbopack would add the site's own proxy.ts and
 * instrumentation.ts to the app: it looks for them beside the lock file.
 */
async function startNextApp(port: number): Promise<Child> {
  await runNodeOrThrow("Building the empty app", [NEXT_APP, "build", "--webpack"]);
  const env = { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  const child = startChild("empty app", [NEXT_APP, "start", "-H", "127.0.0.1", "-p", String(port)], { env });
  await waitUntilHealthy(child, `http://127.0.0.1:${port}/`, { timeoutMs });
  return child;
}

function pidOf({ pid }: Child): number {
  return pid ?? 0;
}
