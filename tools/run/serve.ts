// The production server. It answers webhooks and devices' reports without Next: webhooks come in bursts, and Next's
// routing costs more than the whole handler (lab/docs/benchmarks.md).
import { AsyncResource } from "node:async_hooks";
import { createServer } from "node:http";
import next from "next";
import handleDeviceReport from "../../pages/api/count";
import handleWebhook from "../../pages/api/stripe/webhook";
import { getCacheKeysOfAppealPages } from "../../systems/appeals/live-appeal";
import { articlesCacheKey, getCachedArticlesAndRefresh } from "../../systems/articles/article-cache";
import { writePendingCounts } from "../../systems/counting/counter";
import { database } from "../../systems/database";
import { formatErrorWithoutMessage, sendConsoleToLog } from "../../systems/fast-path/server/console-log";
import { renderByNext } from "../../systems/fast-path/server/render-by-next";
import { createSiteServer } from "../../systems/fast-path/server/site-server";
import { readerScriptVersion } from "../../systems/http/reader-script-version.mjs";
import { log } from "../../systems/log";
import { runtime } from "../../systems/runtime";
import { createGracefulShutdown } from "./graceful-shutdown.mjs";
import { withNotFoundPage } from "./not-found-page.mjs";
import { shutDownSite } from "./shut-down-site";

/** The hosts of a Stripe stand-in: it is always on this machine (systems/env.ts), under one of these names. */
const STAND_INS = "http://127.0.0.1:* http://localhost:*";

sendConsoleToLog();
const root = process.cwd();
const { HOST: hostname = "127.0.0.1", STRIPE_API_BASE } = process.env;
const port = Number(process.env.PORT);

// Gives Next a server that never listens. To this server, Next adds its own handler for HTTP upgrade requests. If the
// server listened, that handler would proxy an upgrade request to any host that the request names.
const site = next({ dev: false, dir: root, hostname, port, httpServer: createServer() });
await site.prepare().catch((error) => {
  log.fatal({ error: formatErrorWithoutMessage(error) }, "the site cannot start");
  process.exit(1);
});
const answerPage = withNotFoundPage(site.getRequestHandler());
// Renders a page of the site outside the context of any request. If a route calls this function, the page must not see
// the request to that route.
runtime.renderOwnPage = AsyncResource.bind((path, headers) => renderByNext(answerPage, { path, headers }));

const server = createSiteServer({
  answerPage,
  handleWebhook,
  cacheKeys: async () => {
    const [{ appeal, goalProgress }, articles] = await Promise.all([getCacheKeysOfAppealPages(), articlesCacheKey()]);
    return { articleLists: articles, appeal: `${articles} ${appeal}`, articlePages: `${articles} ${goalProgress}` };
  },
  hasArticle: (slug) => getCachedArticlesAndRefresh().bySlug.has(slug),
  handleDeviceReport,
  scriptVersion: readerScriptVersion() ?? "",
  paymentHosts: STRIPE_API_BASE ? STAND_INS : "",
});
const endServer = createGracefulShutdown(server);
server.on("error", (error) => {
  log.fatal({ hostname, port, error: error.message }, "the site cannot listen");
  process.exit(1);
});
server.listen(port, hostname, () => log.info({ address: `http://${hostname}:${port}` }, "the site is listening"));

let ending: Promise<void> | undefined;

/** Shuts the site down. A second SIGINT or SIGTERM does not start another shutdown. */
function end(): Promise<void> {
  ending ??= shutDown();
  return ending;
}

async function shutDown(): Promise<void> {
  await shutDownSite({
    endServer,
    writeReports: () => writePendingCounts(database),
    closePages: () => site.close(),
    endJobs: async () => runtime.jobsEnded,
  });
  process.exit(0);
}
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, end);
