// An instance of the site that has one door only: the webhook route's own code behind a bare Node server, settings and ledger as
// in any instance. Prints its address. For tests that need several instances and have no build.
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { POST } from "../app/api/stripe/webhook/route";
import { start } from "../systems/start";

async function requestOf(message: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const headers = new Headers({ "stripe-signature": String(message.headers["stripe-signature"] ?? "") });
  return new Request(`http://${message.headers.host}${message.url}`, {
    method: "POST",
    headers,
    body: Buffer.concat(chunks),
  });
}

await start();
const server = createServer(async (message, response) => {
  const answer = await POST(await requestOf(message));
  response.writeHead(answer.status).end(await answer.text());
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
