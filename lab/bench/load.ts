// Measures requests per second and the 99th percentile with autocannon. The targets take turns, so that a slow minute of the machine
// affects all of them alike. Reports the median of several runs.
import autocannon from "autocannon";
import { step } from "../../tools/run/console.mjs";

export type Target = { name: string; url: string; encoding: "identity" | "gzip" };
export type Load = { name: string; requestsPerSecond: number; p99Ms: number; spread: number };

const connections = 32;
const warmUpSeconds = 3;

type Plan = { targets: Target[]; runs: number; secondsPerRun: number };
type Run = { requestsPerSecond: number; p99Ms: number };

export async function measureLoad({ targets, runs, secondsPerRun }: Plan): Promise<Load[]> {
  const results = new Map(targets.map((target) => [target.name, [] as Run[]]));
  await step("Warming up", async () => {
    for (const target of targets) await run(target, warmUpSeconds);
  });
  for (let round = 1; round <= runs; round++)
    await step(`Round ${round} of ${runs}`, async () => {
      for (const target of targets) results.get(target.name)?.push(await run(target, secondsPerRun));
    });
  return [...results].map(([name, all]) => summary(name, all));
}

async function run({ url, encoding }: Target, seconds: number): Promise<Run> {
  const result = await autocannon({ url, connections, duration: seconds, headers: { "accept-encoding": encoding } });
  if (result.errors > 0 || result.non2xx > 0)
    throw new Error(`${url}: ${result.errors} errors, ${result.non2xx} refusals`);
  return { requestsPerSecond: result.requests.average, p99Ms: result.latency.p99 };
}

function summary(name: string, runs: Run[]): Load {
  const rates = runs.map((each) => each.requestsPerSecond);
  const middle = median(rates);
  return {
    name,
    requestsPerSecond: middle,
    p99Ms: median(runs.map((each) => each.p99Ms)),
    spread: (Math.max(...rates) - Math.min(...rates)) / middle,
  };
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function percentile(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
}
