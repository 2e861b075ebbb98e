import type Stripe from "stripe";

/** Reads the events from the API, which also lists those that are not yet delivered. The oldest comes first. */
export async function listEventTypesFrom(stripe: Stripe, work: () => Promise<unknown>): Promise<string[]> {
  const [last] = (await stripe.events.list({ limit: 1 })).data;
  await work();
  const { data } = await stripe.events.list({ limit: 100, ending_before: last?.id });
  return data.map(({ type }) => type).reverse();
}
