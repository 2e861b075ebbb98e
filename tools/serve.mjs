// The site's server, once it is built: Next's, and before it the door at which Stripe's webhooks arrive. They come in bursts, and
// Next's way to a handler costs more than all that the handler does (docs/benchmarks.md). Everything else is Next's.
// Settings come by the environment; `npm start` looks at them first.
import { createServer } from "node:http";
import next from "next";
import { endsInOrder } from "./end-in-order.mjs";
import { EVERYWHERE } from "./headers.mjs";
import { withMissingPage } from "./missing-page.mjs";
import { ROOT } from "./root.mjs";
import { WEBHOOK_DOOR } from "./webhook-door.mjs";

const WEBHOOK = "/api/stripe/webhook";

const { HOST: hostname = "127.0.0.1" } = process.env;
const port = Number(process.env.PORT);

// Before Next, which from then on survives any error: a server without its door must not seem to run.
const { default: takeWebhook } = await import(WEBHOOK_DOOR);
const site = next({ dev: false, dir: ROOT, hostname, port });
await site.prepare().catch((error) => {
  console.error("The site cannot be started:", error);
  process.exit(1);
});
const answer = withMissingPage(site.getRequestHandler());

const server = createServer((request, response) => {
  const answered = request.url === WEBHOOK ? answerWithoutNext(request, response) : answer(request, response);
  answered.catch((error) => {
    console.error(`An answer failed: ${kindOf(error)}`);
    if (!response.headersSent) setHeaders(response).statusCode = 500;
    response.end();
  });
});
const endServer = endsInOrder(server);
server.on("error", (error) => {
  console.error(`The site cannot listen on ${hostname}:${port}: ${error.message}`);
  process.exit(1);
});
server.listen(port, hostname, () => console.log(`The site listens on http://${hostname}:${port}`));

function answerWithoutNext(request, response) {
  return takeWebhook(request, setHeaders(response));
}

function setHeaders(response) {
  for (const { key, value } of EVERYWHERE) response.setHeader(key, value);
  return response;
}

/** A defect's kind and where it is. Its message may repeat what somebody sent (systems/log.ts), and is not told. */
function kindOf(error) {
  if (!(error instanceof Error)) return typeof error;
  const places = String(error.stack).match(/^ +at .+$/gm) ?? [];
  return [error.name, ...places].join("\n");
}

/** Asked more than once (Ctrl-C reaches us and whoever started us) it waits for the same end. */
async function end() {
  await endServer();
  await site.close();
  // What the jobs have begun is done, and the rest is given to another instance (systems/start.ts).
  await globalThis.appealEnding;
  process.exit(0);
}
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, end);
