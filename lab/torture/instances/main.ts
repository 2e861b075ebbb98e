// npm run torture:instances: tests two servers of the production build on one PostgreSQL database. Exits with code 1 if
// they do not behave as expected, or if the ledger differs from Stripe's books. `--through HOST:PORT`: the servers
// reach the database through a connection pooler, and this process connects to the database directly.

import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Db, openDatabase } from "../../../systems/database";
import { ensureBuilt } from "../../../tools/build/compile.mjs";
import { migrate } from "../../../tools/database/migrate.mjs";
import { databaseUrlOnSameServer, runSql, startPostgres } from "../../../tools/database/postgres.mjs";
import { CommandError, runMainOrExit, runStep } from "../../../tools/run/console.mjs";
import { stopAll, stopAllChildrenOnSignal } from "../../../tools/run/processes.mjs";
import { queueCardExpiryMailsAndCompareLedger } from "../compare";
import { countMailsById, findLostMails, findMailMismatchesOfFailedRefunds } from "../mails";
import { ledgerLinesExpectedFromStripe } from "../oracle";
import { siteSettingsFor } from "../site-settings";
import { openTortureWorld, STRIPE_KEY, type TortureWorld } from "../torture-world";
import { hastenAndAwaitJobs } from "../wait-for-jobs";
import { createSharedArticlesFolder, tryAddingArticles } from "./add-articles";
import { trySignInLinkLimits } from "./ask-for-links";
import { type DatabaseProxy, openDatabaseProxy } from "./database-proxy";
import { type SiteInstance, startSiteInstance } from "./instance";
import { deliverWhileJobRunnerIsKilled, runDeliveryTrialWithoutKills } from "./jobs";
import { measureAppealReachesBothServers } from "./publish-appeals";
import type { TrialResult } from "./trial-result";

/**
 * The number of random gifts that are simulated in addition to one gift for each scenario. All simulated gifts together
 * cause about a thousand events.
 */
const LIVES_BESIDES_ONE_OF_EACH = 18;
const FIRST_PORT = 13_700;

async function main(): Promise<void> {
  stopAllChildrenOnSignal();
  const { values } = parseArgs({ options: { through: { type: "string" } } });
  await runStep("Production build", () => ensureBuilt());
  const world = await runStep("Playing out gifts", () =>
    openTortureWorld({ seed: 1, randomGifts: LIVES_BESIDES_ONE_OF_EACH }),
  );
  const databaseUrl = await runStep("PostgreSQL", newDatabase);
  const settings = siteSettingsFor({ stripeKey: STRIPE_KEY, stripeUrl: world.url, databaseUrl });
  Object.assign(process.env, settings);
  const wire = await openDatabaseProxy(through(databaseUrl, values.through));
  const folder = createSharedArticlesFolder();
  const siteSettings = { ...settings, DATABASE_URL: wire.url, ARTICLES_FOLDER: folder };
  const both: SiteInstance[] = await runStep("Two servers", () =>
    Promise.all([1, 2].map((n) => startSiteInstance({ settings: siteSettings, port: FIRST_PORT + n }))),
  );
  const db = await openDatabase(databaseUrl);
  const { rows, differences } = await tryAll(world, { db, both, wire, folder });
  await Promise.all([...both.map((each) => each.close()), db.$disconnect(), world.close()]);
  wire.close();
  rmSync(folder, { recursive: true });
  console.log(["", "| what | seen |", "|---|---|", ...rows.map((cells) => `| ${cells.join(" | ")} |`)].join("\n"));
  for (const each of differences) console.log(each);
  if (differences.length > 0) throw new CommandError(`${differences.length} differences`);
}

type Servers = { db: Db; both: SiteInstance[]; wire: DatabaseProxy; folder: string };

async function tryAll(world: TortureWorld, { db, both, wire, folder }: Servers): Promise<TrialResult> {
  const half = Math.ceil(world.events.length / 2);
  const undisturbed = await runStep(`${half} events to both at once`, () =>
    runDeliveryTrialWithoutKills(world.events.slice(0, half), { db, both }),
  );
  const killed = await runStep(
    `The other ${world.events.length - half}, while the server that runs the jobs is killed`,
    () => deliverWhileJobRunnerIsKilled(world.events.slice(half), { db, both }),
  );
  const left = await runStep("Waiting for the jobs", () => hastenAndAwaitJobs(db));
  const books = await runStep("Comparing the books with Stripe's", () => compareBooks(world, { db, both }));
  const limits = await runStep("Rate limits on both at once", () => trySignInLinkLimits(both));
  const appeals = await runStep("Appeals are published", () => measureAppealReachesBothServers({ db, both, wire }));
  const articles = await runStep("Articles are added", () => tryAddingArticles({ both, folder }));
  const all = [undisturbed, killed, { rows: [], differences: left }, books, limits, appeals, articles];
  return { rows: all.flatMap(({ rows }) => rows), differences: all.flatMap(({ differences }) => differences) };
}

async function compareBooks(world: TortureWorld, { db, both }: { db: Db; both: SiteInstance[] }): Promise<TrialResult> {
  const stripeBooks = await ledgerLinesExpectedFromStripe(world.stripe);
  const differences = await queueCardExpiryMailsAndCompareLedger(db, { stripeBooks, stripe: world.stripe });
  const recorded = await db.receivedEvent.groupBy({ by: ["attempts"], _count: true });
  const [attempts] = recorded;
  const isOnce = recorded.length === 1 && attempts?.attempts === 1 && attempts._count === world.events.length;
  const mails = countMailsById(both.flatMap(({ inbox }) => inbox.mails));
  const twice = [...mails.values()].filter((times) => times > 1).length;
  const by = both.map(({ inbox }) => inbox.mails.length).join(" and ");
  if (!isOnce) differences.push(`not every event was recorded once: ${JSON.stringify(recorded)}`);
  differences.push(...(await findLostMails(db, mails)), ...(await findMailMismatchesOfFailedRefunds(db)));
  return {
    rows: [
      ["events recorded, each once", recorded.map(({ _count }) => _count).join(" + ")],
      ["payments; mails that each server sent", `${stripeBooks.payments.length}; ${by}, ${twice} of them twice`],
      ["differences between the books and Stripe's", differences.length],
    ],
    differences,
  };
}

async function newDatabase(): Promise<string> {
  const { url } = await startPostgres();
  const name = `instances_${process.pid}`;
  await runSql(url, `CREATE DATABASE ${name}`);
  const databaseUrl = databaseUrlOnSameServer(url, name);
  await migrate(databaseUrl);
  return databaseUrl;
}

function through(databaseUrl: string, pooler?: string): string {
  if (!pooler) return databaseUrl;
  const url = new URL(databaseUrl);
  url.host = pooler;
  return url.href;
}

await runMainOrExit(main, stopAll);
await stopAll();
process.exit(0);
