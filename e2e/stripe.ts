// Calls the Stripe stand-in directly, to cause changes at Stripe that no reader causes, such as the passing of days.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { APIRequestContext } from "@playwright/test";
import Stripe from "stripe";
import { STRIPE_STAND_IN_URL } from "./world";

export function stripeClient(): Stripe {
  const key = secret("STRIPE_SECRET_KEY");
  const { hostname, port } = new URL(STRIPE_STAND_IN_URL);
  return new Stripe(key, { host: hostname, port, protocol: "http", telemetry: false });
}

/**
 * Moves the clock of the Stripe stand-in; the site follows within a second. Call it only in a `*.later.ts` file,
 * because all other tests share the clock.
 */
export async function advanceStripeDays(days: number): Promise<void> {
  const body = JSON.stringify({ key: secret("STRIPE_SECRET_KEY"), days });
  const { ok, status } = await fetch(`${STRIPE_STAND_IN_URL}/_sandbox/advance`, { method: "POST", body });
  if (!ok) throw new Error(`the clock did not move: ${status}`);
}

/**
 * Cancels all active subscriptions. Otherwise, moving the clock would renew them, which takes more processor time than
 * the test itself.
 */
export async function cancelAllSubscriptions(): Promise<void> {
  for await (const { id } of stripeClient().subscriptions.list({ status: "active" }))
    await stripeClient().subscriptions.cancel(id);
}

/** Returns the subscription of the customer with this e-mail address. No other customer may have the same address. */
export async function getSubscriptionByEmail(email: string): Promise<Stripe.Subscription> {
  const [customer] = (await stripeClient().customers.list({ email })).data;
  const [subscription] = (await stripeClient().subscriptions.list({ customer: customer?.id ?? "" })).data;
  if (!subscription) throw new Error(`${email} has no subscription`);
  return subscription;
}

/**
 * Sends an event that the site cannot record: its currency is XTS, ISO 4217's code for tests. Returns the event's id.
 */
export async function sendUnrecordableEvent(request: APIRequestContext): Promise<string> {
  const id = `evt_${randomUUID().replaceAll("-", "")}`;
  const created = Math.floor(Date.now() / 1000);
  const charge = {
    ...{
      id: "ch_in_xts",
      object: "charge",
      payment_intent: "pi_in_xts",
      status: "succeeded",
      balance_transaction: null,
    },
    ...{ amount: 20_000, currency: "xts", created },
    metadata: { site: "moscow-times", gift: `g_${"0".repeat(32)}`, appeal: "standard", variant: "a", locale: "en" },
  };
  const data = JSON.stringify({
    ...{ id, object: "event", type: "charge.succeeded", livemode: false, created },
    data: { object: charge },
  });
  const signature = Stripe.webhooks.generateTestHeaderString({
    payload: data,
    secret: secret("STRIPE_WEBHOOK_SECRET"),
  });
  const headers = { "content-type": "application/json", "stripe-signature": signature };
  const answer = await request.post("/api/stripe/webhook", { data, headers });
  if (!answer.ok()) throw new Error(`the webhook answered ${answer.status()}`);
  return id;
}

function secret(name: string): string {
  const secrets = readFileSync(".cache/journeys/secrets.env", "utf8");
  return new RegExp(`^${name}="?(\\w+)`, "m").exec(secrets)?.[1] ?? "";
}
