// npm run test:cache: tests the built site behind a real nginx cache, once with nginx's usual cache key and once with
// one that ignores queries. After each hostile request, readers must get the right page.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describeRequest, HOSTILE_REQUESTS, type HostileRequest } from "../../e2e/hostile-requests";
import { ensureBuilt } from "../build/compile.mjs";
import { ensureInstalled } from "../build/install.mjs";
import { migrate } from "../database/migrate.mjs";
import { CommandError, runMainOrExit, runStep } from "../run/console.mjs";
import { REPOSITORY_ROOT } from "../run/paths.mjs";
import { findFreePorts } from "../run/ports.mjs";
import { includeInStopAll, stopAll, stopAllChildrenOnSignal, waitUntilHealthy } from "../run/processes.mjs";
import { resolveStackSettings } from "../run/settings.mjs";
import { startSite } from "../run/site.mjs";

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string };
type Cache = { name: string; port: number };

const FOLDER = join(REPOSITORY_ROOT, ".cache/test-cache");
let passed = 0;
const failures: string[] = [];

await runMainOrExit(async () => {
  stopAllChildrenOnSignal();
  await ensureInstalled();
  const nginx = await runStep("nginx", findNginx);
  await runStep("Production build", () => ensureBuilt());
  const [site = 0, plain = 0, withoutQuery = 0] = await findFreePorts(3, 13_600);
  await runStep("Site and cache", () => start({ nginx, site, plain, withoutQuery }));
  const caches = [
    { name: "nginx's own key", port: plain },
    { name: "a key without the query", port: withoutQuery },
  ];
  const paths = await pathsOf(plain);
  for (const cache of caches) for (const path of paths) await tryToPoison(cache, path);
  await tryDuringDeploy(caches);
  for (const failure of failures) console.error(`✗ ${failure}`);
  console.log(`${passed} passed, ${failures.length} failed`);
  await stopAll();
  process.exit(failures.length === 0 && passed > 0 ? 0 : 1);
}, stopAll);

function findNginx(): string {
  const version = () => execFileSync("nginx", ["-v"], { stdio: "ignore" });
  try {
    version();
  } catch {
    try {
      execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "nginx-light"], { stdio: "ignore" });
      version();
    } catch {
      throw new CommandError("There is no nginx here, and it could not be installed: apt-get install nginx-light.");
    }
  }
  return "nginx";
}

type StartTerms = { nginx: string; site: number; plain: number; withoutQuery: number };

async function start(terms: StartTerms): Promise<void> {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(join(FOLDER, "temp"), { recursive: true });
  const { settings } = resolveStackSettings({ folder: FOLDER, ownSettings: { TRUSTED_PROXY_HOPS: "1" } });
  await migrate(settings.DATABASE_URL);
  const log = join(FOLDER, "site.log");
  const env = { ...settings, PORT: String(terms.site) };
  const site = startSite("site", { port: terms.site, env, log });
  const file = join(FOLDER, "nginx.conf");
  writeFileSync(file, configOf(terms));
  const proxy = spawn(terms.nginx, ["-p", FOLDER, "-c", file], { stdio: "inherit" });
  includeInStopAll(proxy);
  await waitUntilHealthy(site, `http://127.0.0.1:${terms.site}/api/health`, { timeoutMs: 60_000 });
  await waitUntilItAnswers(proxy, terms.plain);
}

async function waitUntilItAnswers(proxy: ChildProcess, port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (proxy.exitCode !== null) throw new CommandError("nginx exited; its output is above.");
    if (await ask(port, "/robots.txt").catch(() => null)) return;
    await delay(100);
  }
  throw new CommandError("nginx does not answer.");
}

/**
 * Returns the configuration of nginx. The cache keys of nginx contain the request header X-Round, so that each round of
 * requests has its own cached responses.
 */
function configOf({ site, plain, withoutQuery }: { site: number; plain: number; withoutQuery: number }): string {
  const server = (port: number, key: string) => `
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://127.0.0.1:${site};
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_cache pages;
      proxy_cache_key "${port} $http_x_round ${key}";
      add_header X-Cache $upstream_cache_status always;
    }
  }`;
  return `daemon off;
pid ${FOLDER}/nginx.pid;
error_log ${FOLDER}/nginx.log;
worker_processes 1;
events { worker_connections 256; }
http {
  access_log off;
  client_body_temp_path ${FOLDER}/temp/body;
  proxy_temp_path ${FOLDER}/temp/proxy;
  fastcgi_temp_path ${FOLDER}/temp/fastcgi;
  uwsgi_temp_path ${FOLDER}/temp/uwsgi;
  scgi_temp_path ${FOLDER}/temp/scgi;
  proxy_cache_path ${FOLDER}/pages keys_zone=pages:10m;
${server(plain, "$scheme$proxy_host$request_uri")}
${server(withoutQuery, "$scheme$proxy_host$uri")}
}
`;
}

async function pathsOf(port: number): Promise<string[]> {
  const { body } = await ask(port, "/");
  const find = (pattern: RegExp) => {
    const [, path] = pattern.exec(body) ?? [];
    if (!path) throw new CommandError(`The front page has nothing like ${pattern}.`);
    return path;
  };
  return [
    "/",
    "/ru",
    find(/href="(\/articles\/[^"]+)"/),
    "/feed.xml",
    "/ru/feed.xml",
    "/sitemap.xml",
    "/robots.txt",
    find(/import\("(\/reader-[^"]+)"\)/),
  ];
}

async function tryToPoison({ name, port }: Cache, path: string): Promise<void> {
  const page = await ask(port, path, { round: `page ${path}` });
  check(page.status === 200, `${name}: ${path} is ${page.status}`);
  for (const hostile of HOSTILE_REQUESTS) {
    const round = `${path} ${describeRequest(hostile)}`;
    await ask(port, path, { round, ...hostile });
    const [reader, next] = [await ask(port, path, { round }), await ask(port, path, { round })];
    const outcome = `${name}: ${path} after ${describeRequest(hostile)}: ${reader.status} ${reader.headers["x-cache"]}`;
    const isPage = (answer: Answer) =>
      answer.status === 200 &&
      answer.body === page.body &&
      answer.headers["content-type"] === page.headers["content-type"] &&
      answer.headers["set-cookie"] === undefined;
    check(isPage(reader) && isPage(next), outcome);
    check(next.headers["x-cache"] === "HIT", `${outcome}; the second reader: ${next.headers["x-cache"]}`);
  }
}

/**
 * Tests that a cache does not store the response to the URL of an unknown script. During a deploy, a page of the old
 * build can request its script from the new build, which does not have it.
 */
async function tryDuringDeploy(caches: Cache[]): Promise<void> {
  for (const { name, port } of caches)
    for (const script of ["/reader-0123456789.js", "/reader.js?v=0123456789"]) {
      await ask(port, script);
      const again = await ask(port, script);
      check(again.headers["x-cache"] === "MISS", `${name}: ${script} is ${again.headers["x-cache"]}`);
    }
}

function check(holds: boolean, what: string): void {
  if (holds) passed += 1;
  else failures.push(what);
}

function ask(
  port: number,
  path: string,
  { round = "", method = "GET", query, headers = {} }: HostileRequest & { round?: string } = {},
) {
  return new Promise<Answer>((resolve, reject) => {
    const target = query ? `${path}?${query}` : path;
    const sent = { ...headers, "X-Round": encodeURIComponent(round) };
    const call = request({ host: "127.0.0.1", port, method, path: target, headers: sent }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    call.on("error", reject).end();
  });
}
