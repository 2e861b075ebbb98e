// The Stripe account of the tested site, for payments and refunds that happen without a reader.
import { readFileSync } from "node:fs";
import Stripe from "stripe";
import { STRIPE } from "./world";

export function stripe(): Stripe {
  const secrets = readFileSync(".cache/journeys/secrets.env", "utf8");
  const key = /^STRIPE_SECRET_KEY="?(\w+)/m.exec(secrets)?.[1] ?? "";
  const { hostname, port } = new URL(STRIPE);
  return new Stripe(key, { host: hostname, port, protocol: "http", telemetry: false });
}

/** The subscription of the only customer with this address. */
export async function subscriptionOf(email: string): Promise<Stripe.Subscription> {
  const [customer] = (await stripe().customers.list({ email })).data;
  const [subscription] = (await stripe().subscriptions.list({ customer: customer?.id ?? "" })).data;
  if (!subscription) throw new Error(`${email} has no subscription`);
  return subscription;
}
