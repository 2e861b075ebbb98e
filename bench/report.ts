// The figures as a page that can be kept.
import type { Load } from "./load";
import type { Visit } from "./visit";

type Measured = { loads: Load[]; visit: Visit; machine: string; runs: number; secondsPerRun: number; day: Date };

export function report({ loads, visit, machine, runs, secondsPerRun, day }: Measured): string {
  const rows = loads.map(
    ({ name, requestsPerSecond, p99Ms, spread }) =>
      `| ${name} | ${whole(requestsPerSecond)} | ${p99Ms.toFixed(0)} | ${Math.round(spread * 100)} % |`,
  );
  return `# Benchmarks

Written by \`npm run bench -- --write\` on ${day.toISOString().slice(0, 10)}: ${machine}. The load (autocannon, 32 connections) comes from the same
machine, so compare the rows with each other and not with another machine's. Median of ${runs} runs of ${secondsPerRun} s, the targets in turn.

## An article at \`next start\`

| | requests/s | p99 ms | spread |
|---|---|---|---|
${rows.join("\n")}

## What a cold browser downloads for it

| | |
|---|---|
| Requests | ${visit.requests} |
| Requests to third parties | ${visit.thirdParties} |
| Bytes on the wire, all, headers included | ${whole(visit.bytesOnWire)} |
| JavaScript on the wire | ${whole(visit.scriptsOnWire)} bytes |
| JavaScript unpacked | ${whole(visit.scriptsRaw)} bytes |
`;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en-GB");
}
