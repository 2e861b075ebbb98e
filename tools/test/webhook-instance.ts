// Starts an instance of the site that answers only webhooks, behind a plain Node server. Prints its URL.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import webhook from "../../pages/api/stripe/webhook";
import { runtime } from "../../systems/runtime";
import { startSite } from "../../systems/start";
import { createGracefulShutdown } from "../run/graceful-shutdown.mjs";

await startSite();
const server = createServer(webhook);
const endServer = createGracefulShutdown(server);
server.listen(Number(process.env.PORT ?? 0), "127.0.0.1", () =>
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);

process.on("SIGTERM", async () => {
  await endServer();
  await runtime.jobsEnded;
  process.exit(0);
});
