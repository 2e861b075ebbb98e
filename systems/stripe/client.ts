import "server-only";
import Stripe from "stripe";
import { env } from "../env";
import { hasCurrentCallTimedOut } from "./timeout";

export type StripeClient = Stripe;

let client: Stripe | undefined;

export function stripe(): Stripe {
  client ??= makeStripe({ key: env().STRIPE_SECRET_KEY, base: env().STRIPE_API_BASE });
  return client;
}

function makeStripe({ key, base }: { key: string; base?: string | undefined }): Stripe {
  // The default timeout of the stripe package is 80 seconds, which is too long for a reader who waits.
  const { STRIPE_TIMEOUT_MS: timeout } = env();
  const options = { timeout, maxNetworkRetries: 1, telemetry: false, httpClient: stoppable() };
  if (!base) return new Stripe(key, options);
  const { hostname, port, protocol } = new URL(base);
  return new Stripe(key, { ...options, host: hostname, port, protocol: protocol === "https:" ? "https" : "http" });
}

/**
 * Returns a client that sends no more requests for a piece of work once the time limit of that work (withTimeout()) has
 * passed. The person is then told that their change failed, so Stripe must not make it later.
 */
function stoppable(): Stripe.HttpClient {
  const client = Stripe.createNodeHttpClient();
  const makeRequest = client.makeRequest.bind(client);
  client.makeRequest = (...args) =>
    hasCurrentCallTimedOut() ? Promise.reject(new Error("the time limit has passed")) : makeRequest(...args);
  return client;
}
