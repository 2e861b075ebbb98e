// npm run bench -- instances: measures the production build on PostgreSQL, with one server and with two. The two
// set-ups take turns, each with its own ledger, and get the same total number of requests in flight.
import { mkdirSync } from "node:fs";
import { ensureBuilt } from "../../../tools/build/compile.mjs";
import { migrate } from "../../../tools/database/migrate.mjs";
import { databaseUrlOnSameServer, runSql, startPostgres } from "../../../tools/database/postgres.mjs";
import { runStep } from "../../../tools/run/console.mjs";
import { findFreePorts } from "../../../tools/run/ports.mjs";
import { resolveStackSettings } from "../../../tools/run/settings.mjs";
import { describeMachine, formatInteger } from "../report";
import { type DeliverySpeedMeasurement, deliverEvents, summarizeDeliveryRates } from "./deliver";
import { createGiftEventBodies } from "./events";
import { BENCHMARK_CACHE_FOLDER, startSiteServers, WEBHOOK_SECRET } from "./server-setups";

const RUNS = 5;
const IN_FLIGHT = 16;

type Group = { name: string; webhookUrls: string[]; all: DeliverySpeedMeasurement[] };

export async function benchWebhookInstances(): Promise<string> {
  const bodies = await runStep(
    "Single gifts, first payments and renewals at the Stripe stand-in",
    createGiftEventBodies,
  );
  await runStep("Production build", () => ensureBuilt());
  const { url } = await runStep("PostgreSQL", startPostgres);
  const ports = await findFreePorts(3, 14_300);
  const groups = [
    { name: "one server", webhookUrls: await startServers(url, ports.slice(0, 1)), all: [] },
    { name: "two servers", webhookUrls: await startServers(url, ports.slice(1)), all: [] },
  ] as Group[];
  await runStep("Warming up", async () => {
    for (const { webhookUrls } of groups) await deliverEvents(bodies, { webhookUrls, inFlight: IN_FLIGHT });
  });
  for (let run = 1; run <= RUNS; run++)
    await runStep(`Round ${run} of ${RUNS}`, async () => {
      for (const { webhookUrls, all } of groups)
        all.push(await deliverEvents(bodies, { webhookUrls, inFlight: IN_FLIGHT }));
    });
  return formatTable(groups, bodies.length);
}

/**
 * Starts servers of the site on a new ledger. First gives the jobs' lease to another holder, so that these servers run
 * no background jobs.
 */
async function startServers(server: string, ports: number[]): Promise<string[]> {
  const name = `bench_${ports.length}_of_${process.pid}`;
  await runSql(server, `CREATE DATABASE ${name}`);
  const databaseUrl = databaseUrlOnSameServer(server, name);
  mkdirSync(BENCHMARK_CACHE_FOLDER, { recursive: true });
  const fixed = { DATABASE_URL: databaseUrl, STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET, SMTP_URL: "smtp://127.0.0.1:9" };
  const { settings } = resolveStackSettings({ folder: BENCHMARK_CACHE_FOLDER, ownSettings: fixed });
  await migrate(databaseUrl);
  await runSql(
    databaseUrl,
    `INSERT INTO "Lease" ("name", "holder", "until") VALUES ('jobs', 'bench', now() + interval '1 day')`,
  );
  return (await startSiteServers(ports, settings)).webhookUrls;
}

function formatTable(groups: Group[], events: number): string {
  const lines = groups.map(({ name, all }) => {
    const { eventsPerSecond, least, most, p99Ms } = summarizeDeliveryRates(all);
    return `| ${name} | ${formatInteger(eventsPerSecond)} | ${formatInteger(least)}–${formatInteger(most)} | ${p99Ms.toFixed(1)} |`;
  });
  return `Written by \`npm run bench -- instances --write\` on ${describeMachine()}: the production build, PostgreSQL with fsync on the same
machine, ${IN_FLIGHT} in flight in all, ${events} signed events a run, each sent to one of the servers in turn; median of ${RUNS} runs. The servers share the
machine with PostgreSQL and the sender, and wait for each other at the ledger. A second server serves more pages, and takes over if the first one dies.

| | events/s | least–most | p99 ms |
|---|---|---|---|
${lines.join("\n")}`;
}
