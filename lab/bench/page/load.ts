// Measures the servers in turn, so that a slow minute of the machine affects all of them.
import { runStep } from "../../../tools/run/console.mjs";
import { median } from "../statistics";
import { chooseLoadGenerator, type LoadGenerator } from "./generator";
import type { ContentCoding } from "./page-copy";
import { processTreeCpuMs } from "./processor-time";

/**
 * `pid`: the id of the server's process, which can have child processes. `reference`: the name of the target with which
 * this target is compared.
 */
export type LoadTestTarget = { name: string; url: string; coding: ContentCoding; pid: number; reference?: string };
export type LoadTestResult = {
  name: string;
  requestsPerSecond: number;
  p99Ms: number;
  processorMicrosecondsPerRequest: number;
  /** How much the rounds differ: the most requests per second in a round minus the least, divided by the median. */
  spread: number;
  /**
   * The median over all rounds of this ratio: the target's requests per second, divided by those of its reference. Null
   * if the target has no reference.
   */
  shareOfReference: number | null;
};

export const LOAD_TEST_CONNECTION_COUNT = 32;
const warmUpSeconds = 3;

type Plan = { targets: LoadTestTarget[]; runs: number; secondsPerRun: number };
type Run = { requestsPerSecond: number; p99Ms: number; processorMicroseconds: number };

export async function measureLoad({
  targets,
  runs,
  secondsPerRun,
}: Plan): Promise<{ loads: LoadTestResult[]; generator: string }> {
  const generator = chooseLoadGenerator();
  const results = new Map(targets.map((target) => [target.name, [] as Run[]]));
  await runStep("Warming up", async () => {
    for (const target of targets) await run(target, generator, warmUpSeconds);
  });
  for (let round = 1; round <= runs; round++)
    await runStep(`Round ${round} of ${runs}`, async () => {
      for (const target of targets) results.get(target.name)?.push(await run(target, generator, secondsPerRun));
    });
  return { loads: targets.map((target) => summary(target, results)), generator: generator.name };
}

async function run({ url, coding, pid }: LoadTestTarget, generator: LoadGenerator, seconds: number): Promise<Run> {
  const before = processTreeCpuMs(pid);
  const {
    requests,
    p99Ms,
    seconds: took,
  } = await generator.run({ url, coding, connections: LOAD_TEST_CONNECTION_COUNT, seconds });
  const processorMicroseconds = ((processTreeCpuMs(pid) - before) * 1_000) / requests;
  return { requestsPerSecond: requests / took, p99Ms, processorMicroseconds };
}

function summary({ name, reference = "" }: LoadTestTarget, results: Map<string, Run[]>): LoadTestResult {
  const runs = results.get(name) ?? [];
  const rates = runs.map((each) => each.requestsPerSecond);
  const others = results.get(reference);
  const shares = others?.map((other, round) => (rates[round] ?? Number.NaN) / other.requestsPerSecond);
  return {
    name,
    requestsPerSecond: median(rates),
    p99Ms: median(runs.map((each) => each.p99Ms)),
    processorMicrosecondsPerRequest: median(runs.map((each) => each.processorMicroseconds)),
    spread: (Math.max(...rates) - Math.min(...rates)) / median(rates),
    shareOfReference: shares ? median(shares) : null,
  };
}
