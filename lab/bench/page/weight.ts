import { ensureBuilt } from "../../../tools/build/compile.mjs";
import { CommandError, runStep } from "../../../tools/run/console.mjs";
import { waitForFirstChildToExit } from "../../../tools/run/processes.mjs";
import { findOrInstallBrowser } from "../../../tools/test/browser.mjs";
import { describeMachine, formatInteger } from "../report";
import { scoreWithLighthouse } from "./lighthouse/score";
import { type PageToMeasure, startBenchStack } from "./site";
import { measureVisit, RESOURCE_KINDS, type VisitMeasurement } from "./visit";

export async function benchPageWeight(): Promise<string> {
  await runStep("Production build", () => ensureBuilt());
  const { stack, articles } = await runStep("Starting the site on an empty ledger", startBenchStack);
  const ended = waitForFirstChildToExit([stack]).then(({ lastLines }): never => {
    throw new CommandError(`The site exited. Its last output:\n\n${lastLines()}`);
  });
  return Promise.race([measure(articles), ended]);
}

async function measure(articles: PageToMeasure[]): Promise<string> {
  const chromium = await findOrInstallBrowser();
  const visits = await runStep("Cold visits in Chromium", async () => {
    const all: VisitMeasurement[] = [];
    for (const { url } of articles) all.push(await measureVisit(url, chromium));
    return all;
  });
  const names = articles.map(({ name }) => name);
  const weight = `Written by \`npm run bench -- weight --write\` on ${describeMachine()}. What a phone with a sharp screen and an empty cache downloads for an
article, in bytes on the wire, including headers:

${describeVisits(names, visits)}
`;
  // Prints the weight before Lighthouse runs, so that it is not lost if Lighthouse fails.
  console.log(`\n${weight}`);
  const scores = await runStep("Lighthouse", () => scoreWithLighthouse(articles, chromium));
  return `${weight}\n${scores}\n`;
}

function describeVisits(names: string[], visits: VisitMeasurement[]): string {
  const row = (name: string, numberIn: (visit: VisitMeasurement) => number) =>
    `| ${name} | ${visits.map((visit) => formatInteger(numberIn(visit))).join(" | ")} |`;
  return `| | ${names.join(" | ")} |
|---|${"---|".repeat(names.length)}
${[
  row("Requests", ({ requests }) => requests),
  row("Requests to third parties", ({ thirdParties }) => thirdParties),
  row("Cookies", ({ cookies }) => cookies),
  ...RESOURCE_KINDS.map((kind) => row(kind, ({ transferredBytes }) => transferredBytes[kind])),
  row("All", ({ transferredBytes }) => Object.values(transferredBytes).reduce((sum, bytes) => sum + bytes)),
  row("HTML with gzip, without headers", ({ htmlGzipBytes }) => htmlGzipBytes),
  row("JavaScript with gzip, without headers", ({ scriptsGzipBytes }) => scriptsGzipBytes),
].join("\n")}`;
}
