// npm run bench -- NAME runs a benchmark, by default `page`. The load comes from the same machine, so compare only rows
// of one run. `--write` puts the results into lab/docs/benchmarks.md.

import { CommandError, runMainOrExit } from "../../tools/run/console.mjs";
import { stopAll, stopAllChildrenOnSignal } from "../../tools/run/processes.mjs";
import { writeBenchmarkSection } from "./report";

type Benchmark = { heading: string; run: () => Promise<string> };

/** Maps the name of a benchmark to the benchmarks that always run after it. */
const AFTER: Record<string, string[]> = { page: ["weight"] };

const BENCHES: Record<string, () => Promise<Benchmark>> = {
  page: async () => ({ heading: "An article", run: (await import("./page/main")).benchPageThroughput }),
  weight: async () => ({ heading: "The weight of an article", run: (await import("./page/weight")).benchPageWeight }),
  gifts: async () => ({ heading: "Gifts started", run: (await import("./gifts")).runGiftStartBenchmark }),
  webhooks: async () => ({ heading: "Webhooks", run: (await import("./webhooks/main")).benchWebhooks }),
  instances: async () => ({
    heading: "Webhooks on PostgreSQL",
    run: (await import("./webhooks/instances")).benchWebhookInstances,
  }),
  totals: async () => ({
    heading: "The newsroom's first page",
    run: (await import("./totals")).benchmarkNewsroomFigures,
  }),
  people: async () => ({ heading: "People", run: (await import("./people")).benchPeoplePages }),
  exports: async () => ({
    heading: "The export for accounting",
    run: (await import("./exports")).benchAccountingExport,
  }),
  rebuild: async () => ({ heading: "Books rebuilt", run: (await import("./rebuild/main")).benchLedgerRebuild }),
  memory: async () => ({ heading: "Memory", run: (await import("./webhooks/memory")).benchWebhookMemory }),
};

async function main(): Promise<void> {
  stopAllChildrenOnSignal();
  const name = process.argv.slice(2).find((word) => !word.startsWith("-")) ?? "page";
  for (const each of [name, ...(AFTER[name] ?? [])]) {
    const bench = await BENCHES[each]?.();
    if (!bench)
      throw new CommandError(`There is no benchmark "${name}". Choose one of: ${Object.keys(BENCHES).join(", ")}.`);
    const text = await bench.run();
    await stopAll();
    console.log(`\n${text}\n`);
    if (process.argv.includes("--write")) writeBenchmarkSection(bench.heading, text);
  }
}

await runMainOrExit(main, stopAll);
process.exit(0);
