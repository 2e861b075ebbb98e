// Starts the servers that `npm run bench -- page` compares: the built site, nginx and a bare Node server with the bytes of its first
// article, and Next with an empty page.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathIn } from "../../../domain/languages";
import { publication } from "../../../publication";
import { ensureBuilt } from "../../../tools/build/compile.mjs";
import { Stop, step } from "../../../tools/run/console.mjs";
import { ROOT } from "../../../tools/run/paths.mjs";
import { findFreePorts } from "../../../tools/run/ports.mjs";
import { type Child, firstToEnd, startChild, waitUntilHealthy } from "../../../tools/run/processes.mjs";
import { mustRun } from "../../../tools/run/spawn.mjs";
import type { Judged } from "./lighthouse/score";
import type { Target } from "./load";
import { type Nginx, startNginx } from "./nginx";
import { type Coding, copyPage } from "./page-copy";

/** `articles`: the newest one of each language. The first one is the target of the load. */
export type Servers = { articles: Judged[]; targets: Target[]; nginx: Nginx | null; ended: Promise<never> };

const FOLDER = join(ROOT, ".cache/bench-page");
const NEXT_APP = "lab/bench/page/in-next-app.mjs";
const CODINGS: Coding[] = ["br", "gzip", "identity"];
const NAMES = new Intl.DisplayNames("en", { type: "language" });
const timeoutMs = 60_000;

/** `ended` rejects when one of the servers ends. */
export async function startServers(): Promise<Servers> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  await step("Production build", () => ensureBuilt());
  const [ports, stack] = await step("Starting the site on an empty ledger", startStack);
  const site = `http://127.0.0.1:${ports.site}`;
  const articles = await Promise.all(publication.languages.map((language) => newestArticle(site, language)));
  const article = articles[0]?.url ?? "";
  const copies = await Promise.all(CODINGS.map((coding) => copyPage(article, coding)));
  const nginx = await startNginx(copies, { port: ports.nginx, folder: FOLDER });
  const bare = startChild("bare Node server", [
    "--import",
    "tsx",
    "lab/bench/page/bare-node.ts",
    article,
    `${ports.bare}`,
  ]);
  const bareAddress = `http://127.0.0.1:${ports.bare}`;
  await waitUntilHealthy(bare, `${bareAddress}/gzip`, { timeoutMs });
  const next = await startNextApp(ports.next);
  const ended = firstToEnd([stack, bare, next]).then(({ name, lastLines }) => {
    throw new Stop(`The ${name} has ended. Its last output:\n\n${lastLines()}`);
  });
  const nginxAddress = nginx && `http://127.0.0.1:${ports.nginx}`;
  const targets = CODINGS.flatMap((coding): Target[] => [
    ...(nginxAddress ? [{ name: `nginx, ${coding}`, url: `${nginxAddress}/${coding}`, coding, pid: nginx.pid }] : []),
    { name: `The article, ${coding}`, url: article, coding, pid: pidOf(stack), reference: `nginx, ${coding}` },
    {
      name: `Bare Node, ${coding}`,
      url: `${bareAddress}/${coding}`,
      coding,
      pid: pidOf(bare),
      reference: `nginx, ${coding}`,
    },
  ]);
  const coding = "gzip";
  return {
    articles,
    targets: [
      ...targets,
      {
        name: "Next, an empty prerendered page, gzip",
        url: `http://127.0.0.1:${ports.next}/`,
        coding,
        pid: pidOf(next),
      },
      { name: "A page of the site by Next, gzip", url: `${site}/about-your-gift`, coding, pid: pidOf(stack) },
      { name: "The article with a query, gzip", url: `${article}?from=mail`, coding, pid: pidOf(stack) },
    ],
    nginx,
    ended,
  };
}

async function startStack() {
  const [site = 0, stripe, mail, smtp, nginx = 0, bare = 0, next = 0] = await findFreePorts(7, 13_200);
  const env = { PORT: `${site}`, STRIPE_SANDBOX_PORT: `${stripe}`, MAIL_PORT: `${mail}`, MAIL_SMTP_PORT: `${smtp}` };
  const stack = startChild("stack", ["tools/test/start-stack.mjs", "bench"], { env });
  await waitUntilHealthy(stack, `http://127.0.0.1:${site}/api/health`, { timeoutMs });
  return [{ site, nginx, bare, next }, stack] as const;
}

/** Builds with webpack: Turbopack would use the site's own proxy.ts and instrumentation.ts, which are beside the lock file. */
async function startNextApp(port: number): Promise<Child> {
  await mustRun("Building the empty app", [NEXT_APP, "build", "--webpack"]);
  const env = { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  const child = startChild("empty app", [NEXT_APP, "start", "-H", "127.0.0.1", "-p", String(port)], { env });
  await waitUntilHealthy(child, `http://127.0.0.1:${port}/`, { timeoutMs });
  return child;
}

async function newestArticle(site: string, language: string): Promise<Judged> {
  const page = await (await fetch(site + pathIn(language, "/", publication))).text();
  const path = /href="(\/articles\/[^"]+)"/.exec(page)?.[1];
  if (!path) throw new Error(`the front page in ${language} lists no article`);
  return { name: `An article in ${NAMES.of(language)}`, url: site + path };
}

function pidOf({ pid }: Child): number {
  return pid ?? 0;
}
