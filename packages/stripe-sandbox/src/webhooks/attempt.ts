import http, { type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import https from "node:https";
import { text } from "node:stream/consumers";
import type { WebhookEndpointInternalState } from "../internal-state";
import type { StoredEvent } from "../objects";
import type { Store } from "../store";
import { signatureHeader } from "./signature";

const NOTE_LENGTH = 200;
/** Node's own server closes a connection that is idle for five seconds, so the sender closes it earlier. */
const CONNECTIONS = { keepAlive: true, timeout: 4_000 };
const agents = { http: new http.Agent(CONNECTIONS), https: new https.Agent(CONNECTIONS) };

export type DeliveryAttemptOutcome = {
  status: number | null;
  /** The first 200 characters of the response body. If there was no response, the reason. */
  responseExcerpt: string;
  /** True if no request was sent, because the endpoint is deleted or disabled, or the event is deleted. */
  isUndeliverable?: boolean;
};

export type AttemptOptions = {
  signal: AbortSignal;
  timeoutMs: number;
  nowMs: () => number;
};

export type WebhookDeliveryIds = {
  account: string;
  event: string;
  endpoint: string;
};

export async function attemptDelivery(
  store: Store,
  delivery: WebhookDeliveryIds,
  options: AttemptOptions,
): Promise<DeliveryAttemptOutcome> {
  const endpoint = store.find(delivery.account, "webhook_endpoint", delivery.endpoint);
  const event = store.find(delivery.account, "event", delivery.event);
  const internalState = store.internalState<"webhook_endpoint">(delivery.account, delivery.endpoint);
  if (!endpoint || !event || !internalState || endpoint.status !== "enabled")
    return { status: null, responseExcerpt: "the endpoint is deleted or disabled", isUndeliverable: true };
  return post(endpoint.url, { event, internalState }, options);
}

async function post(
  url: string,
  { event, internalState }: { event: StoredEvent; internalState: WebhookEndpointInternalState },
  { signal, timeoutMs, nowMs }: AttemptOptions,
): Promise<DeliveryAttemptOutcome> {
  const body = JSON.stringify(event, null, 2);
  const seconds = Math.floor(nowMs() / 1000);
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "stripe-signature": signatureHeader(body, secretsAt(internalState, seconds), { seconds, isTest: !event.livemode }),
    "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
  };
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await send(url, { headers, body, signal: AbortSignal.any([signal, timeout]) });
    return { status: response.statusCode ?? null, responseExcerpt: (await text(response)).slice(0, NOTE_LENGTH) };
  } catch (failure) {
    return { status: null, responseExcerpt: timeout.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(failure) };
  }
}

type Sent = { headers: OutgoingHttpHeaders; body: string; signal: AbortSignal };

/**
 * Sends a request without following redirects. Does not use fetch(), which takes twice the processor time: a long
 * history has hundreds of thousands of events.
 */
function send(url: string, { headers, body, signal }: Sent): Promise<IncomingMessage> {
  const options = { method: "POST", headers, signal };
  return new Promise((resolve, reject) => {
    const request = url.startsWith("https:")
      ? https.request(url, { ...options, agent: agents.https })
      : http.request(url, { ...options, agent: agents.http });
    request.on("response", resolve).on("error", reject).end(body);
  });
}

/** Returns the secrets that sign deliveries at this time, the newest first, as at Stripe. */
function secretsAt({ secret, previousSecret }: WebhookEndpointInternalState, seconds: number): string[] {
  return previousSecret && previousSecret.until > seconds ? [secret, previousSecret.secret] : [secret];
}

/**
 * Returns the failure's message. An AggregateError has no message of its own, so its errors' messages are joined. Node
 * throws it if a host name has several addresses and none of them answers.
 */
function reasonOf(failure: unknown): string {
  if (failure instanceof AggregateError) return failure.errors.map(reasonOf).join("; ");
  return failure instanceof Error ? failure.message : String(failure);
}
