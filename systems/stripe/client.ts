// The client of Stripe's API. STRIPE_API_BASE points it at a stand-in on this machine; nothing else differs.
import "server-only";
import Stripe from "stripe";
import { env } from "../env";

/** The package's default is 80 seconds; a reader waits ten at most. */
const TIMEOUT_MS = 8_000;

export type StripeClient = Stripe;

let client: Stripe | undefined;

export function stripe(): Stripe {
  client ??= makeStripe({ key: env().STRIPE_SECRET_KEY, base: env().STRIPE_API_BASE });
  return client;
}

function makeStripe({ key, base }: { key: string; base?: string | undefined }): Stripe {
  const options = { timeout: TIMEOUT_MS, maxNetworkRetries: 1, telemetry: false };
  if (!base) return new Stripe(key, options);
  const { hostname, port, protocol } = new URL(base);
  return new Stripe(key, { ...options, host: hostname, port, protocol: protocol === "https:" ? "https" : "http" });
}
