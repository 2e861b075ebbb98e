import { describeMachine, formatInteger } from "../report";
import { LOAD_TEST_CONNECTION_COUNT, type LoadTestResult, measureLoad } from "./load";
import { type PageBenchServers, startPageBenchServers } from "./servers";

const runs = 5;
const secondsPerRun = 3;

const GHOST = `Ghost is not part of this run. Version 6.65 with SQLite and its theme Source sent the same text 113 times a second with gzip and 120 times
without, with a p99 of 364 ms (wrk with 32 connections, two cores of another machine).`;

export async function benchPageThroughput(): Promise<string> {
  const servers = await startPageBenchServers();
  return Promise.race([measure(servers), servers.exited]);
}

async function measure({ targets, nginx }: PageBenchServers): Promise<string> {
  const { loads, generator } = await measureLoad({ targets, runs, secondsPerRun });
  const reference = nginx
    ? `nginx ${nginx.version} sends the article's bytes and headers from files, with one worker per core`
    : "There is no nginx on this machine (`apt-get install nginx-light`), so the reference is missing";
  return `Written by \`npm run bench -- page --write\` on ${describeMachine()}. The load (${generator}, ${LOAD_TEST_CONNECTION_COUNT} connections) comes from the same
machine, so compare the rows with each other and not with another machine's. Median of ${runs} runs of ${secondsPerRun} s, the targets take turns. ${reference}.
The second-last column is the processor time of the server alone. ${GHOST}

${describeLoads(loads)}
`;
}

function describeLoads(loads: LoadTestResult[]): string {
  const rows = loads.map(
    ({ name, requestsPerSecond, shareOfReference, p99Ms, processorMicrosecondsPerRequest, spread }) => {
      const share = shareOfReference === null ? "" : `${Math.round(shareOfReference * 100)} %`;
      const processor = Number.isNaN(processorMicrosecondsPerRequest)
        ? ""
        : Math.round(processorMicrosecondsPerRequest);
      const figures = [
        formatInteger(requestsPerSecond),
        share,
        p99Ms.toFixed(1),
        processor,
        `${Math.round(spread * 100)} %`,
      ];
      return `| ${name} | ${figures.join(" | ")} |`;
    },
  );
  return `| | requests/s | of nginx's | p99 ms | processor µs per request | spread |
|---|---|---|---|---|---|
${rows.join("\n")}`;
}
