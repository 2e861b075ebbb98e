// Lighthouse's scores for the article. The same run scores a page of one paragraph, to show what the machine and the settings alone cost.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { z } from "zod";
import { Stop } from "../../../tools/run/console.mjs";
import { ROOT } from "../../../tools/run/paths.mjs";
import { runProgram } from "../../../tools/run/spawn.mjs";
import { installApart } from "../install-apart";
import { median } from "../statistics";

const VERSION = "13.5.0";
const FOLDER = join(ROOT, ".cache/bench-lighthouse");
const runs = 3;
const CONTROL = `<!doctype html><html lang="en"><head><title>One paragraph</title><meta name="viewport" content="width=device-width">
<meta name="description" content="One paragraph."></head><body><main><h1>One paragraph</h1><p>This page has no more.</p></main></body></html>`;

const oneRun = z.object({
  url: z.string(),
  /** Performance, accessibility, best practices, SEO. */
  scores: z.array(z.number()).length(4),
  ...{ fcpMs: z.number(), lcpMs: z.number(), tbtMs: z.number(), cls: z.number() },
});
type Run = z.infer<typeof oneRun>;

/** Returns a table with the medians. */
export async function scoreWithLighthouse(article: string, chromium: string): Promise<string> {
  await installApart(FOLDER, { lighthouse: VERSION, "chrome-launcher": "1.2.1" });
  const server = await startControl();
  const control = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const args = ["lab/bench/page/lighthouse.mjs", FOLDER, chromium, String(runs), article, control];
  const { code, output } = await runProgram(process.execPath, args);
  server.close();
  if (code !== 0) throw new Stop(`Lighthouse failed:\n\n${output}`);
  const lines = output.split("\n").filter((line) => line.startsWith("{"));
  const all = lines.map((line) => oneRun.parse(JSON.parse(line)));
  const rowOf = (name: string, url: string) =>
    row(
      name,
      all.filter((each) => each.url === url),
    );
  return `Lighthouse ${VERSION}, its telephone on a slow line (simulated), median of ${runs} runs in turn:

| | performance / accessibility / best practices / SEO | FCP ms | LCP ms | TBT ms | CLS |
|---|---|---|---|---|---|
${rowOf("The article with its banner", article)}
${rowOf("A page of one paragraph", control)}`;
}

function startControl(): Promise<Server> {
  const server = createServer((request, response) => {
    const isPage = request.url === "/";
    response.writeHead(isPage ? 200 : 404, { "Content-Type": "text/html; charset=utf-8" }).end(isPage ? CONTROL : "");
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

function row(name: string, all: Run[]): string {
  const of = (pick: (run: Run) => number) => median(all.map(pick));
  const scores = [0, 1, 2, 3].map((place) => of(({ scores }) => scores[place] ?? Number.NaN));
  const times = [of(({ fcpMs }) => fcpMs), of(({ lcpMs }) => lcpMs), of(({ tbtMs }) => tbtMs)].map(Math.round);
  return `| ${name} | ${scores.join(" / ")} | ${times.join(" | ")} | ${of(({ cls }) => cls).toFixed(2)} |`;
}
