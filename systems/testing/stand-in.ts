import type Stripe from "stripe";
import { type SandboxOptions, type StartedSandbox, startSandbox } from "stripe-sandbox";
import { stripeClientFor, TEST_API_KEY } from "stripe-sandbox/testing";

export type StandIn = StartedSandbox & { stripe: Stripe };

/**
 * Starts a Stripe stand-in in memory. It has no webhook endpoint, because the delivery of each event would cost time.
 * The tests that use it fetch the events instead.
 */
export async function openStandIn(options: SandboxOptions = {}): Promise<StandIn> {
  const started = await startSandbox(options);
  return { ...started, stripe: stripeClientFor(started.url, TEST_API_KEY) };
}
