import type { EndpointInternalState } from "../internal-state";
import type { StoredEvent } from "../objects";
import type { Store } from "../store";
import { signatureHeader } from "./signature";

const NOTE_LENGTH = 200;

export type DeliveryOutcome = {
  status: number | null;
  /** The first 200 characters of the response body. If there was no response, the reason. */
  responseExcerpt: string;
  /** True if no request was sent, because the endpoint is deleted or disabled. */
  isEndpointGone?: boolean;
};

export type AttemptOptions = {
  signal: AbortSignal;
  timeoutMs: number;
  nowMs: () => number;
};

export type DeliveryTarget = {
  account: string;
  event: string;
  endpoint: string;
};

export async function attemptDelivery(
  store: Store,
  delivery: DeliveryTarget,
  options: AttemptOptions,
): Promise<DeliveryOutcome> {
  const endpoint = store.find(delivery.account, "webhook_endpoint", delivery.endpoint);
  const event = store.find(delivery.account, "event", delivery.event);
  const internalState = store.internalState<"webhook_endpoint">(delivery.account, delivery.endpoint);
  if (!endpoint || !event || !internalState || endpoint.status !== "enabled")
    return { status: null, responseExcerpt: "the endpoint is deleted or disabled", isEndpointGone: true };
  return post(endpoint.url, { event, internalState }, options);
}

async function post(
  url: string,
  { event, internalState }: { event: StoredEvent; internalState: EndpointInternalState },
  { signal, timeoutMs, nowMs }: AttemptOptions,
): Promise<DeliveryOutcome> {
  const body = JSON.stringify(event, null, 2);
  const seconds = Math.floor(nowMs() / 1000);
  const headers = {
    "content-type": "application/json; charset=utf-8",
    "stripe-signature": signatureHeader(body, secretsAt(internalState, seconds), { seconds, isTest: !event.livemode }),
    "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
  };
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers,
      body,
      redirect: "manual",
      signal: AbortSignal.any([signal, timeout]),
    });
    return { status: response.status, responseExcerpt: (await response.text()).slice(0, NOTE_LENGTH) };
  } catch (failure) {
    return { status: null, responseExcerpt: timeout.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(failure) };
  }
}

/** The newest first, as at Stripe. */
function secretsAt({ secret, previousSecret }: EndpointInternalState, seconds: number): string[] {
  return previousSecret && previousSecret.until > seconds ? [secret, previousSecret.secret] : [secret];
}

function reasonOf(failure: unknown): string {
  if (!(failure instanceof Error)) return String(failure);
  const { cause } = failure;
  return cause instanceof Error ? `${failure.message}: ${cause.message}` : failure.message;
}
