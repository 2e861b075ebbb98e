// Changes that the ledger has heard of and has not yet fetched from Stripe: it does not know them yet, and that is no difference.
import type { Db } from "../../database";
import type { Fact } from "../fact";
import { listAwaitingFetch, listPayoutsAwaitingList } from "./store/ledger-rows";

/**
 * Returns the facts that the ledger must know by now. Left out are recurring gifts whose change, and payouts whose list, became known
 * within the grace and that the jobs are about to fetch. A fetch that has failed once no longer excuses a difference. `until`: the check's
 * start less the grace, or null to leave out nothing.
 */
export async function withoutAwaited(db: Db, facts: readonly Fact[], until: Date | null): Promise<Fact[]> {
  if (!until) return [...facts];
  const since = until;
  const subscriptionIds = facts.flatMap((fact) => subscriptionOf(fact) ?? []);
  const payoutIds = facts.flatMap((fact) => listedPayoutOf(fact) ?? []);
  const gifts = new Set(await listAwaitingFetch(db, { subscriptionIds, since }));
  const payouts = new Set(await listPayoutsAwaitingList(db, { payoutIds, since }));
  return facts.filter((fact) => !gifts.has(subscriptionOf(fact) ?? "") && !payouts.has(listedPayoutOf(fact) ?? ""));
}

function subscriptionOf(fact: Fact): string | null {
  return fact.kind === "recurring-gift-changed" ? fact.state.subscriptionId : null;
}

function listedPayoutOf(fact: Fact): string | null {
  return fact.kind === "payout-listed" ? fact.payoutId : null;
}
