// npm run torture -- --seeds 20 --deliveries 45000 --kills 500 --minutes 240: delivers events to a site that is killed
// again and again. Exits with code 1 on any difference. Starts no seed after `--minutes`. After an interruption the
// same command continues: it skips seeds that this build has passed, unless --fresh is given.
import { parseArgs } from "node:util";
import { ensureBuilt } from "../../tools/build/compile.mjs";
import { CommandError, progressBar, runMainOrExit, runStep } from "../../tools/run/console.mjs";
import { findFreePorts } from "../../tools/run/ports.mjs";
import { stopAll, stopAllChildrenOnSignal } from "../../tools/run/processes.mjs";
import { openSeedResultStore } from "./finished-seeds";
import { runTorture, startLapTimer, type TortureSeedOptions, type TortureSeedResult } from "./one-seed";
import { formatReport } from "./report";
import { openTortureWorld } from "./torture-world";

/**
 * The number of webhook deliveries for one simulated gift: a gift causes about 20 events, and each event is delivered
 * about three times.
 */
const DELIVERIES_PER_LIFE = 60;

const options = {
  seeds: { type: "string", default: "20" },
  deliveries: { type: "string", default: "45000" },
  kills: { type: "string", default: "500" },
  minutes: { type: "string", default: "240" },
  /** The first seed. `--from SEED --seeds 1` runs a single seed. */
  from: { type: "string", default: "1" },
  fresh: { type: "boolean", default: false },
} as const;

async function main(): Promise<void> {
  stopAllChildrenOnSignal();
  const { values } = parseArgs({ options });
  const [seeds, deliveries, kills, minutes, from] = readNumbers(values);
  const endsAt = Date.now() + minutes * 60_000;
  const build = await runStep("Production build", () => ensureBuilt());
  const finished = openSeedResultStore({ build: build.sources, deliveries, kills: Math.ceil(kills / seeds) });
  if (values.fresh) finished.forget();
  // The first port depends on the process id, so that two torture commands with different seeds can run at the same
  // time.
  const [port = 0, standIn = 0] = await findFreePorts(2, 13_400 + (process.pid % 1_000) * 3);
  const results: TortureSeedResult[] = [];
  for (let seed = from; seed < from + seeds; seed += 1) {
    const stored = finished.findPassed(seed);
    if (!stored && Date.now() >= endsAt) break;
    const terms = { seed, deliveries, kills: Math.ceil(kills / seeds), port, ledgerPath: finished.ledgerOf(seed) };
    if (!stored) finished.removeLedger(seed);
    const result =
      stored ?? (await runStep(`Seed ${seed}`, () => tortureOneSeed(terms, standIn), { showsElapsed: false }));
    if (!stored) finished.keep(result);
    results.push(result);
  }
  console.log(`\n${formatReport(results)}`);
  if (results.some(hasDifferences))
    throw new CommandError(
      `There are differences. The ledgers: ${results
        .filter(hasDifferences)
        .map(({ seed }) => finished.ledgerOf(seed))
        .join(", ")}`,
    );
}

function hasDifferences({ differences }: TortureSeedResult): boolean {
  return differences.length > 0;
}

/**
 * Runs one seed. `port`: the stand-in's port. It is the same for all seeds, because the Stripe client of this process
 * cannot change its URL.
 */
async function tortureOneSeed(terms: TortureSeedOptions, port: number): Promise<TortureSeedResult> {
  const lap = startLapTimer();
  const randomGifts = Math.ceil(terms.deliveries / DELIVERIES_PER_LIFE);
  const world = await openTortureWorld({ seed: terms.seed, randomGifts, port });
  const playingSeconds = lap();
  console.log(`  ${world.events.length} events were made by the gifts of this world (${playingSeconds} s)`);
  const showProgress = progressBar();
  let done = 0;
  const onAnswer = () => showProgress(++done, terms.deliveries, `${done} of ${terms.deliveries} deliveries`);
  try {
    return await runTorture(world, { ...terms, playingSeconds, onAnswer });
  } finally {
    await world.close();
  }
}

type Values = Record<"seeds" | "deliveries" | "kills" | "minutes" | "from", string>;

function readNumbers({ seeds, deliveries, kills, minutes, from }: Values): [number, number, number, number, number] {
  const numbers = [seeds, deliveries, kills, minutes, from].map(Number);
  if (numbers.some((number) => !Number.isFinite(number) || number < 0))
    throw new CommandError("Each option takes a number that is not negative.");
  return numbers as [number, number, number, number, number];
}

await runMainOrExit(main, stopAll);
process.exit(0);
