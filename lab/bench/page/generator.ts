// Generates the load with wrk (C, Debian package) or, if it is not installed, autocannon (Node). Autocannon needs more
// processor time than a fast server. For such a server, its results show the limit of autocannon and not of the server.
import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import autocannon from "autocannon";
import type { ContentCoding } from "./page-copy";

type Order = { url: string; coding: ContentCoding; connections: number; seconds: number };
type Result = { requests: number; seconds: number; p99Ms: number };
export type LoadGenerator = { name: string; run: (order: Order) => Promise<Result> };

const MS: Record<string, number> = { us: 0.001, ms: 1, s: 1_000, m: 60_000 };

export function chooseLoadGenerator(): LoadGenerator {
  // `wrk -v` prints its version and exits with 1.
  const { stdout } = spawnSync("wrk", ["-v"], { encoding: "utf8" });
  const [, version] = /^wrk (?:debian\/)?([\d.]+)/.exec(stdout ?? "") ?? [];
  if (version) return { name: `wrk ${version}`, run: runWrk };
  return {
    name: "autocannon, because wrk is not installed: the fast rows show autocannon's own limit",
    run: runAutocannon,
  };
}

async function runWrk({ url, coding, connections, seconds }: Order): Promise<Result> {
  const header = `Accept-Encoding: ${coding}`;
  const args = ["-t1", `-c${connections}`, `-d${seconds}s`, "--latency", "-H", header, url];
  const { stdout } = await promisify(execFile)("wrk", args);
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`${url}:\n${stdout}`);
  const [, p99 = "", unit = ""] = /99%\s+([\d.]+)(us|ms|s|m)\n/.exec(stdout) ?? [];
  const [, requests = "", took = "", tookUnit = ""] = /(\d+) requests in ([\d.]+)(s|m)/.exec(stdout) ?? [];
  const inMs = (value: string, timeUnit: string) => Number(value) * (MS[timeUnit] ?? Number.NaN);
  return { requests: Number(requests), seconds: inMs(took, tookUnit) / 1_000, p99Ms: inMs(p99, unit) };
}

async function runAutocannon({ url, coding, connections, seconds }: Order): Promise<Result> {
  const result = await autocannon({ url, connections, duration: seconds, headers: { "accept-encoding": coding } });
  if (result.errors > 0 || result.non2xx > 0)
    throw new Error(`${url}: ${result.errors} errors, ${result.non2xx} responses other than 2xx`);
  return { requests: result.requests.total, seconds: result.duration, p99Ms: result.latency.p99 };
}
