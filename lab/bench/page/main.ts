// Measures how fast an article is served, beside nginx and others with the same bytes, and how much a browser without a cache downloads.
import { step } from "../../../tools/run/console.mjs";
import { ensureBrowser } from "../../../tools/test/browser.mjs";
import { describeMachine, formatInteger } from "../report";
import { scoreWithLighthouse } from "./lighthouse";
import { connections, type Load, measureLoad } from "./load";
import { type Servers, startServers } from "./servers";
import { KINDS, measureVisit, type Visit } from "./visit";

const runs = 5;
const secondsPerRun = 3;

export async function benchPage(): Promise<string> {
  const servers = await startServers();
  return Promise.race([measure(servers), servers.ended]);
}

async function measure({ targets, article, nginx }: Servers): Promise<string> {
  const { loads, generator } = await measureLoad({ targets, runs, secondsPerRun });
  const chromium = await ensureBrowser();
  const visit = await step("A cold visit in Chromium", () => measureVisit(article, chromium));
  const judgement = await step("Lighthouse", () => scoreWithLighthouse(article, chromium));
  const reference = nginx
    ? `nginx ${nginx.version} sends the article's bytes and headers from files, with a worker for each core`
    : "There is no nginx on this machine (`apt-get install nginx-light`), so the reference is missing";
  return `Written by \`npm run bench -- page --write\` on ${describeMachine()}. The load (${generator}, ${connections} connections) comes from the same
machine, so compare the rows with each other and not with another machine's. Median of ${runs} runs of ${secondsPerRun} s, the targets in turn. ${reference}.
The last but one column is the processor time of the server alone.

${describeLoads(loads)}

What a cold browser on a sharp telephone downloads for it, headers included:

${describeVisit(visit)}

${judgement}
`;
}

function describeLoads(loads: Load[]): string {
  const rows = loads.map(({ name, requestsPerSecond, shareOfReference, p99Ms, processorMicroseconds, spread }) => {
    const share = shareOfReference === null ? "" : `${Math.round(shareOfReference * 100)} %`;
    const processor = Number.isNaN(processorMicroseconds) ? "" : Math.round(processorMicroseconds);
    const figures = [
      formatInteger(requestsPerSecond),
      share,
      p99Ms.toFixed(1),
      processor,
      `${Math.round(spread * 100)} %`,
    ];
    return `| ${name} | ${figures.join(" | ")} |`;
  });
  return `| | requests/s | of nginx's | p99 ms | processor µs a request | spread |
|---|---|---|---|---|---|
${rows.join("\n")}`;
}

function describeVisit({ requests, thirdParties, wire, scriptsRaw }: Visit): string {
  const rows = KINDS.map((kind) => `| ${kind} | ${formatInteger(wire[kind])} bytes |`);
  return `| | |
|---|---|
| Requests | ${requests} |
| Requests to third parties | ${thirdParties} |
${rows.join("\n")}
| All | ${formatInteger(Object.values(wire).reduce((sum, bytes) => sum + bytes))} bytes |
| JavaScript unpacked | ${formatInteger(scriptsRaw)} bytes |`;
}
