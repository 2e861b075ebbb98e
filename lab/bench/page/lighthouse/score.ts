// Scores the pages with Lighthouse. Also scores a page with only one paragraph, which shows how much the machine and
// Lighthouse's settings alone lower the scores.
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { z } from "zod";
import { CommandError } from "../../../../tools/run/console.mjs";
import { REPOSITORY_ROOT } from "../../../../tools/run/paths.mjs";
import { runProgram } from "../../../../tools/run/spawn.mjs";
import { installFromLockFile } from "../../install-packages";
import { median } from "../../statistics";
import type { PageToMeasure } from "../site";

const OWN = "lab/bench/page/lighthouse";
const FOLDER = join(REPOSITORY_ROOT, ".cache/bench-lighthouse");
const runs = 5;
const CONTROL = `<!doctype html><html lang="en"><head><title>One paragraph</title><meta name="viewport" content="width=device-width">
<meta name="description" content="One paragraph."></head><body><main><h1>One paragraph</h1><p>This page has no more.</p></main></body></html>`;

const oneRun = z.object({
  url: z.string(),
  /** Four scores in this order: performance, accessibility, best practices, SEO. */
  scores: z.array(z.number()).length(4),
  ...{ fcpMs: z.number(), lcpMs: z.number(), tbtMs: z.number(), cls: z.number() },
});
type Run = z.infer<typeof oneRun>;

export async function scoreWithLighthouse(pages: PageToMeasure[], chromium: string): Promise<string> {
  await installFromLockFile(FOLDER, join(REPOSITORY_ROOT, OWN));
  const server = await startControl();
  const control = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const all = [...pages, { name: "A page of one paragraph", url: control }];
  const args = [`${OWN}/run.mjs`, FOLDER, chromium, String(runs), ...all.map(({ url }) => url)];
  const { code, output } = await runProgram(process.execPath, args);
  server.close();
  if (code !== 0) throw new CommandError(`Lighthouse failed:\n\n${output}`);
  const lines = output.split("\n").filter((line) => line.startsWith("{"));
  const results = lines.map((line) => oneRun.parse(JSON.parse(line)));
  const rows = all.map(({ name, url }) =>
    row(
      name,
      results.filter((each) => each.url === url),
    ),
  );
  return `Lighthouse ${version()}, its phone on a slow connection (simulated), median of ${runs} runs in turn:

| | performance / accessibility / best practices / SEO | FCP ms | LCP ms | TBT ms | CLS |
|---|---|---|---|---|---|
${rows.join("\n")}`;
}

function version(): string {
  const { dependencies } = JSON.parse(readFileSync(join(REPOSITORY_ROOT, OWN, "package.json"), "utf8"));
  return dependencies.lighthouse;
}

function startControl(): Promise<Server> {
  const server = createServer((request, response) => {
    const isPage = request.url === "/";
    response.writeHead(isPage ? 200 : 404, { "Content-Type": "text/html; charset=utf-8" }).end(isPage ? CONTROL : "");
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

function row(name: string, all: Run[]): string {
  const medianOf = (pick: (run: Run) => number) => median(all.map(pick));
  const scores = [0, 1, 2, 3].map((place) => medianOf(({ scores }) => scores[place] ?? Number.NaN));
  const times = [medianOf(({ fcpMs }) => fcpMs), medianOf(({ lcpMs }) => lcpMs), medianOf(({ tbtMs }) => tbtMs)].map(
    Math.round,
  );
  return `| ${name} | ${scores.join(" / ")} | ${times.join(" | ")} | ${medianOf(({ cls }) => cls).toFixed(3)} |`;
}
