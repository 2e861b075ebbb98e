// Reads the events of a piece of work from the API: complete, whatever has not yet reached an endpoint.
import type Stripe from "stripe";

/** Returns the types of the events that the work caused, oldest first. */
export async function eventsFrom(stripe: Stripe, work: () => Promise<unknown>): Promise<string[]> {
  const [last] = (await stripe.events.list({ limit: 1 })).data;
  await work();
  const { data } = await stripe.events.list({ limit: 100, ending_before: last?.id });
  return data.map(({ type }) => type).reverse();
}
