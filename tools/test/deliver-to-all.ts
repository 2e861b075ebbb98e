// Delivers each event to several instances at the same moment, as Stripe's retries and a load balancer can do.
import Stripe from "stripe";
import { makeTestGiftMetadata } from "../../systems/testing/own-metadata";

type Delivery = { instances: string[]; secret: string; gifts: number; inFlight: number };

/**
 * Makes the events of `gifts` gifts and delivers each event to every instance. Returns how many responses had each HTTP
 * status.
 */
export async function deliverToAllInstances({
  instances,
  secret,
  gifts,
  inFlight,
}: Delivery): Promise<Record<number, number>> {
  const statuses: Record<number, number> = {};
  const queue = Array.from({ length: gifts }, (_, n) => n).values();
  const worker = async () => {
    for (const n of queue) {
      const answers = eventsOf(n).flatMap((event) => {
        const payload = JSON.stringify(event);
        const headers = { "stripe-signature": Stripe.webhooks.generateTestHeaderString({ payload, secret }) };
        return instances.map((url) => fetch(`${url}/api/stripe/webhook`, { method: "POST", body: payload, headers }));
      });
      for (const { status } of await Promise.all(answers)) statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return statuses;
}

function eventsOf(n: number) {
  const created = Math.floor(Date.now() / 1000);
  const metadata = makeTestGiftMetadata(`twice ${n}`);
  const both = { payment_intent: `pi_twice_${n}`, currency: "usd", created, metadata };
  const session = {
    ...both,
    id: `cs_test_twice_${n}`,
    object: "checkout.session",
    mode: "payment",
    payment_status: "paid",
    status: "complete",
    subscription: null,
    amount_total: 1500,
    customer_details: { email: `reader-${n % 50}@example.org` },
  };
  const charge = {
    ...both,
    id: `ch_twice_${n}`,
    object: "charge",
    amount: 1500,
    status: "succeeded",
    balance_transaction: null,
  };
  return [
    { type: "checkout.session.completed", object: session },
    { type: "charge.succeeded", object: charge },
  ].map(({ type, object }) => ({
    id: `evt_${type}_${n}`,
    object: "event",
    type,
    livemode: false,
    created,
    data: { object },
  }));
}
