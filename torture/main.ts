// npm run torture -- --seeds 20 --deliveries 45000 --kills 500 --minutes 240: the built site under deliveries in any order, killed
// again and again; what it did and found as a table. Exit code 1 on any difference. Nothing is begun after the minutes are over.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { stopAll, stopAllOnSignal } from "../tools/children.mjs";
import { ensureBuilt } from "../tools/compile.mjs";
import { findFreePorts } from "../tools/ports.mjs";
import { progressBar, runCommand, Stop, step } from "../tools/screen.mjs";
import { type Result, tortureOnce } from "./one-seed";
import { accountOfStripe } from "./oracle";
import { reportOf } from "./report";
import { settingsFor } from "./site-settings";
import { KEY, openWorld } from "./world";

/** A life tells of some 17 events, each of which comes about three times. */
const DELIVERIES_PER_LIFE = 50;

const options = {
  seeds: { type: "string", default: "20" },
  deliveries: { type: "string", default: "45000" },
  kills: { type: "string", default: "500" },
  minutes: { type: "string", default: "240" },
  /** The first seed; a failed one is repeated with `--from SEED --seeds 1`. */
  from: { type: "string", default: "1" },
} as const;

async function main(): Promise<void> {
  stopAllOnSignal();
  const [seeds, deliveries, kills, minutes, from] = readNumbers();
  const endsAt = Date.now() + minutes * 60_000;
  await step("Production build", ensureBuilt);
  const folder = mkdtempSync(join(tmpdir(), "appeal-torture-"));
  const world = await step("Gifts live", () =>
    openWorld({ seed: from, more: Math.ceil(deliveries / DELIVERIES_PER_LIFE) }),
  );
  Object.assign(process.env, settingsFor({ key: KEY, base: world.url, databaseUrl: "file:never-opened.db" }));
  const account = await step("What Stripe's books say", () => accountOfStripe(world.stripe));
  console.log(`  ${world.events.length} events of ${account.payments.length} payments`);
  const [port] = await findFreePorts(1, 13_400);
  if (!port) throw new Stop("There is no free port.");
  const results: Result[] = [];
  for (let seed = from; seed < from + seeds && Date.now() < endsAt; seed += 1) {
    const terms = { seed, deliveries, kills: Math.ceil(kills / seeds), port, folder };
    results.push(await step(`Seed ${seed}`, () => withBar({ ...world, account }, terms), { silent: false }));
  }
  await world.close();
  console.log(`\n${reportOf(results)}`);
  if (results.some(({ differences }) => differences.length > 0))
    throw new Stop(`There are differences; the ledgers are in ${folder}`);
  rmSync(folder, { recursive: true });
}

function withBar(world: Parameters<typeof tortureOnce>[0], terms: Omit<Parameters<typeof tortureOnce>[1], "onAnswer">) {
  const draw = progressBar();
  let done = 0;
  return tortureOnce(world, {
    ...terms,
    onAnswer: () => draw(++done, terms.deliveries, `${done} of ${terms.deliveries} deliveries`),
  });
}

function readNumbers(): [number, number, number, number, number] {
  const { values } = parseArgs({ options });
  const { seeds, deliveries, kills, minutes, from } = values;
  const numbers = [seeds, deliveries, kills, minutes, from].map(Number);
  if (numbers.some((number) => !Number.isFinite(number) || number < 0)) throw new Stop("Each option takes a number.");
  return numbers as [number, number, number, number, number];
}

await runCommand(main, stopAll);
process.exit(0);
