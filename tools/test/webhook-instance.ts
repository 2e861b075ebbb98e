// An instance of the site that has one door only: the webhook's own code behind a bare Node server, settings and ledger as
// in any instance. Prints its address. For tests that need several instances and have no build, and for the benchmark.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import webhook from "../../pages/api/stripe/webhook";
import { runtime } from "../../systems/runtime";
import { start } from "../../systems/start";
import { endsInOrder } from "../run/graceful-shutdown.mjs";

await start();
const server = createServer(webhook);
const endServer = endsInOrder(server);
server.listen(Number(process.env.PORT ?? 0), "127.0.0.1", () =>
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);

process.on("SIGTERM", async () => {
  await endServer();
  await runtime.ending;
  process.exit(0);
});
