// The site's server, once it is built: Next's, and before it the door at which Stripe's webhooks arrive. They come in bursts, and
// Next's way to a handler costs more than all that the handler does (docs/benchmarks.md). Everything else is Next's.
// Settings come by the environment; `npm start` looks at them first.
import { createServer } from "node:http";
import next from "next";
import { ROOT } from "./root.mjs";
import { WEBHOOK_DOOR } from "./webhook-door.mjs";

const WEBHOOK = "/api/stripe/webhook";
/** A client that keeps its connection open and silent must not keep us. */
const LAST_ANSWERS_MS = 3_000;

const { HOST: hostname = "127.0.0.1" } = process.env;
const port = Number(process.env.PORT);

// Before Next, which from then on survives any error: a server without its door must not seem to run.
const { default: takeWebhook } = await import(WEBHOOK_DOOR);
const site = next({ dev: false, dir: ROOT, hostname, port });
await site.prepare().catch((error) => {
  console.error("The site cannot be started:", error);
  process.exit(1);
});
const answer = site.getRequestHandler();

const server = createServer((request, response) => {
  const answered = request.url === WEBHOOK ? takeWebhook(request, response) : answer(request, response);
  answered.catch((error) => {
    console.error(error);
    if (!response.headersSent) response.statusCode = 500;
    response.end();
  });
});
server.on("error", (error) => {
  console.error(`The site cannot listen on ${hostname}:${port}: ${error.message}`);
  process.exit(1);
});
server.listen(port, hostname, () => console.log(`The site listens on http://${hostname}:${port}`));

/** What has begun is answered; nothing else is let in. */
async function end() {
  const closed = new Promise((done) => server.close(done));
  setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS).unref();
  await closed;
  await site.close();
  // The jobs are given to another instance (systems/start.ts).
  await globalThis.appealEnding;
  process.exit(0);
}
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, end);
