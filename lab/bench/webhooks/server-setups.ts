import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { ensureBuilt } from "../../../tools/build/compile.mjs";
import { migrate } from "../../../tools/database/migrate.mjs";
import { runSql, startPostgres } from "../../../tools/database/postgres.mjs";
import { CommandError, runStep } from "../../../tools/run/console.mjs";
import { REPOSITORY_ROOT } from "../../../tools/run/paths.mjs";
import { findFreePorts } from "../../../tools/run/ports.mjs";
import { type Child, startChild } from "../../../tools/run/processes.mjs";
import { resolveStackSettings, type Settings } from "../../../tools/run/settings.mjs";
import { startSite } from "../../../tools/run/site.mjs";
import { runNodeOrThrow } from "../../../tools/run/spawn.mjs";
import { installPackagesInFolder } from "../install-packages";

export type ServerSetup = { name: string; webhookUrls: string[] };
export const WEBHOOK_SECRET = "whsec_only_for_the_bench";

const NEXT_APP = "lab/bench/webhooks/in-next-app.mjs";
const SYNC_ENGINE = "@supabase/stripe-sync-engine";
const SYNC_ENGINE_VERSION = "0.48.5";
export const BENCHMARK_CACHE_FOLDER = join(REPOSITORY_ROOT, ".cache/bench-webhooks");
const timeoutMs = 60_000;

export async function startServerSetups(): Promise<ServerSetup[]> {
  rmSync(BENCHMARK_CACHE_FOLDER, { recursive: true, force: true });
  mkdirSync(BENCHMARK_CACHE_FOLDER, { recursive: true });
  const [site = 0, first = 0, second = 0, bare = 0, next = 0, engine = 0] = await findFreePorts(6, 14_200);
  return [
    { name: "This site", webhookUrls: (await buildAndStartSites([site])).webhookUrls },
    {
      name: "Two servers of this site on one SQLite file",
      webhookUrls: (await buildAndStartSites([first, second], "two")).webhookUrls,
    },
    await startBareServer(bare),
    ...(await startNextApp(next)),
    await startSyncEngine(engine),
  ];
}

/**
 * Starts the site's webhook handler without Next. The comparison with the complete site shows how much time Next takes.
 */
async function startBareServer(port: number): Promise<ServerSetup> {
  const settings = await settingsOn(folderOf("bare"));
  const program = ["--conditions=react-server", "--import", "tsx", "tools/test/webhook-instance.ts"];
  const env = { ...settings, PORT: String(port), NODE_ENV: "production" };
  const child = startChild("bare server", program, { env, log: join(BENCHMARK_CACHE_FOLDER, "bare.log") });
  const url = `http://127.0.0.1:${port}/api/stripe/webhook`;
  await waitUntilUp(child, url);
  return { name: "This site's handler behind a bare Node server", webhookUrls: [url] };
}

function folderOf(name: string): string {
  const folder = join(BENCHMARK_CACHE_FOLDER, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * Builds the site and starts a server at each port. All of them use one SQLite ledger, so they wait for each other's
 * write lock.
 */
export async function buildAndStartSites(
  ports: number[],
  name = "one",
): Promise<{ webhookUrls: string[]; children: Child[] }> {
  await runStep("Production build", () => ensureBuilt());
  return startSiteServers(ports, await settingsOn(folderOf(name)));
}

export async function startSiteServers(ports: number[], env: Settings) {
  const children = ports.map((port) =>
    startSite(`site-${port}`, { port, env, log: join(BENCHMARK_CACHE_FOLDER, `site-${port}.log`) }),
  );
  for (const [index, child] of children.entries())
    await waitUntilUp(child, `http://127.0.0.1:${ports[index]}/api/health`);
  return { webhookUrls: ports.map((port) => `http://127.0.0.1:${port}/api/stripe/webhook`), children };
}

async function settingsOn(folder: string): Promise<Settings> {
  const mail = { SMTP_URL: "smtp://127.0.0.1:9" };
  const fixed = { STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET, ...mail, LOG_LEVEL: "info" };
  const { settings } = resolveStackSettings({ folder, ownSettings: fixed });
  await migrate(settings.DATABASE_URL);
  blockJobs(settings.DATABASE_URL.replace(/^file:/, ""));
  return settings;
}

/**
 * Gives the jobs' lease to another instance. The site then sends no e-mail and asks Stripe nothing while it is
 * measured.
 */
function blockJobs(ledger: string): void {
  const db = new Database(ledger);
  const until = new Date(Date.now() + 86_400_000).toISOString().replace("Z", "+00:00");
  db.prepare('INSERT INTO "Lease" ("name", "holder", "until") VALUES (?, ?, ?)').run("jobs", "bench", until);
  db.close();
}

/**
 * Builds and starts the reference app. Builds with webpack, because Turbopack looks for proxy.ts and instrumentation.ts
 * beside the lock file. It would add the site's own files to the app.
 */
async function startNextApp(port: number): Promise<ServerSetup[]> {
  await runNodeOrThrow("Building the reference app", [NEXT_APP, "build", "--webpack"]);
  const env = {
    NODE_ENV: "production",
    STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    BENCH_DATABASE: join(BENCHMARK_CACHE_FOLDER, "insert.db"),
    NEXT_TELEMETRY_DISABLED: "1",
  };
  const at = (path: string) => `http://127.0.0.1:${port}/${path}`;
  const program = [NEXT_APP, "start", "-H", "127.0.0.1", "-p", String(port)];
  await waitUntilUp(
    startChild("reference app", program, { env, log: join(BENCHMARK_CACHE_FOLDER, "reference-app.log") }),
    at("signature"),
  );
  return [
    { name: "(a) Next route handler that only checks the signature", webhookUrls: [at("signature")] },
    { name: "(b) the same, plus one row by plain better-sqlite3", webhookUrls: [at("insert")] },
  ];
}

async function startSyncEngine(port: number): Promise<ServerSetup> {
  const folder = join(REPOSITORY_ROOT, ".cache/bench-sync-engine");
  await runStep(`${SYNC_ENGINE} ${SYNC_ENGINE_VERSION}`, () =>
    installPackagesInFolder(folder, { [SYNC_ENGINE]: SYNC_ENGINE_VERSION, stripe: "23.1.0" }),
  );
  const { url } = await startPostgres();
  const database = url.replace(/\/[^/]*$/, "/sync_engine");
  await runSql(url, "CREATE DATABASE sync_engine");
  const child = startChild("sync engine", [
    "lab/bench/webhooks/sync-engine.mjs",
    folder,
    database,
    WEBHOOK_SECRET,
    String(port),
  ]);
  const engineUrl = `http://127.0.0.1:${port}/`;
  await waitUntilUp(child, engineUrl);
  return { name: `(c) ${SYNC_ENGINE} ${SYNC_ENGINE_VERSION}, plain Node, PostgreSQL`, webhookUrls: [engineUrl] };
}

async function waitUntilUp(child: Child, url: string): Promise<void> {
  const until = Date.now() + timeoutMs;
  while (Date.now() < until && !child.hasEnded()) {
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new CommandError(`The ${child.name} did not start. Its last output:\n\n${child.lastLines()}`);
}
