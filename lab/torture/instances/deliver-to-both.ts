// Delivers each event to both servers. In production, a load balancer and a retry by Stripe can deliver one event to
// two servers.
import { setTimeout as delay } from "node:timers/promises";
import type Stripe from "stripe";
import { signatureHeader } from "../deliveries";
import { WEBHOOK_SECRET } from "../site-settings";
import { withConcurrency } from "../with-concurrency";
import type { SiteInstance } from "./instance";

/** The number of events in flight. Each is sent to both servers. */
const IN_FLIGHT = 8;
const RETRY_AFTER_MS = 200;
const MAX_TRIES = 300;

/** The number of responses with each status. Status 0 means no response; the event was then sent again. */
export type ResponseStatusCounts = Map<number, number>;

export async function deliverToBoth(events: Stripe.Event[], both: SiteInstance[]): Promise<ResponseStatusCounts> {
  const answers: ResponseStatusCounts = new Map();
  const deliverUntilAnswered = async (address: string, event: Stripe.Event) => {
    for (let times = 0; times < MAX_TRIES; times += 1) {
      const status = await deliver(address, event);
      answers.set(status, (answers.get(status) ?? 0) + 1);
      if (status !== 0) return;
      await delay(RETRY_AFTER_MS);
    }
  };
  await withConcurrency(
    events,
    (event) => Promise.all(both.map(({ baseUrl }) => deliverUntilAnswered(baseUrl, event))),
    IN_FLIGHT,
  );
  return answers;
}

export function formatResponseStatusCounts(answers: ResponseStatusCounts): string {
  return [...answers].map(([status, times]) => `${times} × ${status || "no answer"}`).join(", ");
}

async function deliver(address: string, event: Stripe.Event): Promise<number> {
  const body = JSON.stringify(event);
  const headers = { "content-type": "application/json", "stripe-signature": signatureHeader(body, WEBHOOK_SECRET) };
  try {
    const response = await fetch(`${address}/api/stripe/webhook`, { method: "POST", body, headers });
    await response.text();
    return response.status;
  } catch {
    return 0;
  }
}
