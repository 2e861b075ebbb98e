// npm run torture -- --seeds 20 --deliveries 45000 --kills 500 --minutes 240: the built site under deliveries in any order, killed
// again and again; what it did and found as a table. Exit code 1 on any difference. Nothing is begun after the minutes are over.
// Broken off, the same command goes on: a seed that this build has passed is not run again, unless with --anew.
import { parseArgs } from "node:util";
import { ensureBuilt } from "../../tools/build/compile.mjs";
import { progressBar, runCommand, Stop, step } from "../../tools/run/console.mjs";
import { findFreePorts } from "../../tools/run/ports.mjs";
import { stopAll, stopAllOnSignal } from "../../tools/run/processes.mjs";
import { openNotebook } from "./notebook";
import { type Result, stopwatch, type Terms, tortureOnce } from "./one-seed";
import { reportOf } from "./report";
import { settingsFor } from "./site-settings";
import { KEY, openWorld } from "./world";

/** A life tells of some 20 events, each of which comes about three times. */
const DELIVERIES_PER_LIFE = 60;

const options = {
  seeds: { type: "string", default: "20" },
  deliveries: { type: "string", default: "45000" },
  kills: { type: "string", default: "500" },
  minutes: { type: "string", default: "240" },
  /** The first seed; a failed one is repeated with `--from SEED --seeds 1`. */
  from: { type: "string", default: "1" },
  anew: { type: "boolean", default: false },
} as const;

async function main(): Promise<void> {
  stopAllOnSignal();
  const { values } = parseArgs({ options });
  const [seeds, deliveries, kills, minutes, from] = readNumbers(values);
  const endsAt = Date.now() + minutes * 60_000;
  const build = await step("Production build", () => ensureBuilt());
  const notebook = openNotebook({ build: build.sources, deliveries, kills: Math.ceil(kills / seeds) });
  if (values.anew) notebook.forget();
  // Two commands may run side by side, each with seeds of its own.
  const [port = 0, standIn = 0] = await findFreePorts(2, 13_400 + (process.pid % 1_000) * 3);
  const results: Result[] = [];
  for (let seed = from; seed < from + seeds; seed += 1) {
    const kept = notebook.passed(seed);
    if (!kept && Date.now() >= endsAt) break;
    const terms = { seed, deliveries, kills: Math.ceil(kills / seeds), port, ledger: notebook.ledgerOf(seed) };
    if (!kept) notebook.removeLedger(seed);
    const result = kept ?? (await step(`Seed ${seed}`, () => tortureOneSeed(terms, standIn), { silent: false }));
    if (!kept) notebook.keep(result);
    results.push(result);
  }
  console.log(`\n${reportOf(results)}`);
  if (results.some(hasDifferences))
    throw new Stop(
      `There are differences; the ledgers: ${results
        .filter(hasDifferences)
        .map(({ seed }) => notebook.ledgerOf(seed))
        .join(", ")}`,
    );
}

function hasDifferences({ differences }: Result): boolean {
  return differences.length > 0;
}

/** In a world of its own, at an address that is always the same: the client that this process asks Stripe with keeps it. */
async function tortureOneSeed(terms: Terms, port: number): Promise<Result> {
  const lap = stopwatch();
  const more = Math.ceil(terms.deliveries / DELIVERIES_PER_LIFE);
  const world = await openWorld({ seed: terms.seed, more, port });
  const living = lap();
  console.log(`  ${world.events.length} events have come of the gifts that lived (${living} s)`);
  // The comparison asks the stand-in from this process.
  Object.assign(process.env, settingsFor({ key: KEY, base: world.url, databaseUrl: "file:never-opened.db" }));
  const draw = progressBar();
  let done = 0;
  const onAnswer = () => draw(++done, terms.deliveries, `${done} of ${terms.deliveries} deliveries`);
  try {
    return await tortureOnce(world, { ...terms, living, onAnswer });
  } finally {
    await world.close();
  }
}

type Values = Record<"seeds" | "deliveries" | "kills" | "minutes" | "from", string>;

function readNumbers({ seeds, deliveries, kills, minutes, from }: Values): [number, number, number, number, number] {
  const numbers = [seeds, deliveries, kills, minutes, from].map(Number);
  if (numbers.some((number) => !Number.isFinite(number) || number < 0)) throw new Stop("Each option takes a number.");
  return numbers as [number, number, number, number, number];
}

await runCommand(main, stopAll);
process.exit(0);
