import type Stripe from "stripe";

/**
 * Returns the types of the events that `work` creates (at most 100), the oldest first. Reads them from the API, which
 * also lists events that are not delivered yet.
 */
export async function listEventTypesFrom(stripe: Stripe, work: () => Promise<unknown>): Promise<string[]> {
  const [last] = (await stripe.events.list({ limit: 1 })).data;
  await work();
  const { data } = await stripe.events.list({ limit: 100, ending_before: last?.id });
  return data.map(({ type }) => type).reverse();
}
