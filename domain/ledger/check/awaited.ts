import type { Db } from "../../database";
import type { Fact } from "../fact";
import { listChangedSubscriptionsNotYetFetched, listPayoutIdsWithUnfetchedTransactions } from "./store/ledger-rows";

/**
 * Returns the facts without those about recurring gifts and payout lists that Stripe reported, but that the site has
 * not tried to fetch since then. Keeps a fact if a fetch has already failed. Leaves out only objects that Stripe
 * reported after `since`. `since`: the start of the comparison less the grace period. If `since` is null, returns all
 * facts.
 */
export async function omitFactsOfObjectsSiteWillFetch(
  db: Db,
  facts: readonly Fact[],
  since: Date | null,
): Promise<Fact[]> {
  if (!since) return [...facts];
  const subscriptionIds = facts.flatMap((fact) => subscriptionOf(fact) ?? []);
  const payoutIds = facts.flatMap((fact) => listedPayoutOf(fact) ?? []);
  const gifts = new Set(await listChangedSubscriptionsNotYetFetched(db, { subscriptionIds, since }));
  const payouts = new Set(await listPayoutIdsWithUnfetchedTransactions(db, { payoutIds, since }));
  return facts.filter((fact) => !gifts.has(subscriptionOf(fact) ?? "") && !payouts.has(listedPayoutOf(fact) ?? ""));
}

function subscriptionOf(fact: Fact): string | null {
  return fact.kind === "recurring-gift-changed" ? fact.state.subscriptionId : null;
}

function listedPayoutOf(fact: Fact): string | null {
  return fact.kind === "payout-listed" ? fact.payoutId : null;
}
