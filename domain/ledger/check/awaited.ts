import type { Db } from "../../database";
import type { Fact } from "../fact";
import { listPayoutsAwaitingList, listSubscriptionsAwaitingFetch } from "./store/ledger-rows";

/**
 * Returns the facts without the recurring gifts and payout lists that were reported after `until` and not fetched yet.
 * Keeps a fact if fetching it has already failed once. `until`: the start of the comparison less the grace period; if
 * it is null, all facts are returned.
 */
export async function withoutUnfetchedFacts(db: Db, facts: readonly Fact[], until: Date | null): Promise<Fact[]> {
  if (!until) return [...facts];
  const since = until;
  const subscriptionIds = facts.flatMap((fact) => subscriptionOf(fact) ?? []);
  const payoutIds = facts.flatMap((fact) => listedPayoutOf(fact) ?? []);
  const gifts = new Set(await listSubscriptionsAwaitingFetch(db, { subscriptionIds, since }));
  const payouts = new Set(await listPayoutsAwaitingList(db, { payoutIds, since }));
  return facts.filter((fact) => !gifts.has(subscriptionOf(fact) ?? "") && !payouts.has(listedPayoutOf(fact) ?? ""));
}

function subscriptionOf(fact: Fact): string | null {
  return fact.kind === "recurring-gift-changed" ? fact.state.subscriptionId : null;
}

function listedPayoutOf(fact: Fact): string | null {
  return fact.kind === "payout-listed" ? fact.payoutId : null;
}
