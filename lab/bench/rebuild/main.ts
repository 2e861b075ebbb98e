// npm run bench -- rebuild: measures how long a rebuild of the ledger from Stripe's objects takes on both databases.
// One run is undisturbed; another is killed halfway and then continued.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { migrate } from "../../../tools/database/migrate.mjs";
import { databaseUrlOnSameServer, startPostgres } from "../../../tools/database/postgres.mjs";
import { CommandError, runStep } from "../../../tools/run/console.mjs";
import { REPOSITORY_ROOT } from "../../../tools/run/paths.mjs";
import { describeMachine, formatInteger } from "../report";
import { openLargeStripeAccount } from "./account";
import {
  type LedgerToRebuild,
  MAX_HEAP_MEGABYTES,
  type RebuildRun,
  runCheckWithoutRepair,
  runRebuild,
} from "./rebuild";

const FOLDER = join(REPOSITORY_ROOT, ".cache/bench-rebuild");
const MIN_OBJECTS = 10_000;

export async function benchLedgerRebuild(): Promise<string> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const world = await runStep("Gifts of every kind at the Stripe stand-in", openLargeStripeAccount);
  const postgres = await startPostgres();
  const ledgerAt = async (databaseUrl: string): Promise<LedgerToRebuild> => {
    await migrate(databaseUrl);
    return { stripeUrl: world.url, databaseUrl };
  };
  const lines = [
    ...(await measure("SQLite", (name) => ledgerAt(`file:${join(FOLDER, `${name}.db`)}`))),
    ...(await measure("PostgreSQL", (name) => ledgerAt(databaseUrlOnSameServer(postgres.url, `rebuild_${name}`)))),
  ];
  await world.close();
  return `Written by \`npm run bench -- rebuild --write\` on ${describeMachine()}: \`npm run books:check -- --repair\` on an empty ledger, until the books equal
those of an account with gifts of every scenario of the torture, payments for another product, and ordinary gifts of 18 months. The stand-in answers from the
same machine, in the process of the bench. "Killed" means SIGKILL halfway; the same command then continues from there. Each run has a JavaScript heap of at most ${MAX_HEAP_MEGABYTES} MB. After each
rebuild the check compares everything again and must find no difference.

| database | | objects | seconds | peak MB |
|---|---|---|---|---|
${lines.join("\n")}`;
}

async function measure(database: string, emptyLedger: (name: string) => Promise<LedgerToRebuild>): Promise<string[]> {
  const line = (what: string, runs: RebuildRun[]) => {
    const seconds = runs.map((run) => run.seconds.toFixed(0)).join(" + ");
    const megabytes = formatInteger(Math.max(...runs.map((run) => run.maxMegabytes)));
    return `| ${database} | ${what} | ${formatInteger(runs.at(-1)?.comparedObjects ?? 0)} | ${seconds} | ${megabytes} |`;
  };
  const first = await emptyLedger("at_once");
  const atOnce = await runStep(`${database}: rebuilt in one run`, () => runRebuild(first));
  if (atOnce.comparedObjects < MIN_OBJECTS)
    throw new CommandError(`The account has ${atOnce.comparedObjects} objects; this benchmark needs ${MIN_OBJECTS}.`);
  const compared = await runStep(`${database}: compared`, () => runCheckWithoutRepair(first));
  const second = await emptyLedger("killed");
  const killed = await runStep(`${database}: rebuilt until it is killed`, () =>
    runRebuild(second, atOnce.comparedObjects / 2),
  );
  const rest = await runStep(`${database}: continued`, () => runRebuild(second));
  if (rest.checksStarted !== 1)
    throw new CommandError(`${database}: the rebuild did not continue; it started ${rest.checksStarted} times.`);
  const again = await runStep(`${database}: compared`, () => runCheckWithoutRepair(second));
  return [
    line("rebuilt in one run", [atOnce]),
    line("then compared: equal", [compared]),
    line(`killed after ${formatInteger(killed.comparedObjects)}, then continued`, [killed, rest]),
    line("then compared: equal", [again]),
  ];
}
