import type Stripe from "stripe";

/**
 * Runs the work and returns the types of the events that it caused, the oldest first. Reads them from the API, which also lists
 * events that are not yet delivered.
 */
export async function listEventTypesFrom(stripe: Stripe, work: () => Promise<unknown>): Promise<string[]> {
  const [last] = (await stripe.events.list({ limit: 1 })).data;
  await work();
  const { data } = await stripe.events.list({ limit: 100, ending_before: last?.id });
  return data.map(({ type }) => type).reverse();
}
