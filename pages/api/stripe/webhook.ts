// Receives Stripe's webhooks. It is in pages/, because a route in app/ handles fewer webhooks per second
// (lab/docs/benchmarks.md). The production server calls this function directly, without Next (tools/run/serve.ts).
import type { IncomingMessage, ServerResponse } from "node:http";
import { readNodeRequestBody } from "@/systems/body";
import { receiveWebhook, type WebhookResponseStatus } from "@/systems/fast-path/receive";

/** Next must not parse the body, because Stripe's signature is of the raw bytes. */
export const config = { api: { bodyParser: false, externalResolver: true } };

/** The largest accepted body, in bytes. Stripe's largest events are well below this limit. */
const MAX_BYTES = 1_000_000;

export default async function webhook(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== "POST") return answer(response, 405);
  const raw = await readNodeRequestBody(request, MAX_BYTES);
  if (!raw) return answer(response, 413);
  const { "stripe-signature": signature } = request.headers;
  answer(response, await receiveWebhook({ raw, signature: typeof signature === "string" ? signature : null }));
}

function answer(response: ServerResponse, status: WebhookResponseStatus | 405 | 413): void {
  const body = JSON.stringify({ ok: status === 200 });
  response.setHeader("Content-Type", "application/json");
  response.setHeader("Content-Length", body.length);
  response.setHeader("Cache-Control", "no-store");
  if (status === 405) response.setHeader("Allow", "POST");
  // Without this header, Node would parse the unread rest of the body as the next request.
  if (status === 405 || status === 413) response.setHeader("Connection", "close");
  response.writeHead(status).end(body);
}
