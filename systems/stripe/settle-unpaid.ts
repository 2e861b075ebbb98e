// Keeps the promise that nothing is charged later for missed payments. Every look at a gift does this, so that the next one finishes
// what broke half-way.
import "server-only";
import type Stripe from "stripe";
import { newKey } from "./key";
import { EXPANDED } from "./move-payment";
import { GIVEN_UP, voidUnpaid } from "./subscription";
import { isOwed } from "./subscription-terms";

/**
 * Voids what an ended or paused gift left open. A gift that Stripe gave up as `unpaid` ends here first: Stripe would go on making
 * invoices for it, and would take it for active again once they are void (docs.stripe.com/billing/subscriptions/overview). Returns the
 * subscription as it is then.
 */
export async function settleUnpaid(stripe: Stripe, subscription: Stripe.Subscription): Promise<Stripe.Subscription> {
  const { id: subscriptionId } = subscription;
  const key = newKey("site");
  const isGivenUp = subscription.status === "unpaid" && !subscription.pause_collection;
  const settled = isGivenUp ? await endGivenUp(stripe, { subscriptionId, key }) : subscription;
  const isPaused = settled.pause_collection?.behavior === "void" && isOwed(settled);
  if (settled.status !== "canceled" && !isPaused) return settled;
  await voidUnpaid(stripe, { subscriptionId, key });
  return isPaused ? stripe.subscriptions.retrieve(subscriptionId, { expand: [...EXPANDED] }) : settled;
}

function endGivenUp(stripe: Stripe, { subscriptionId, key }: { subscriptionId: string; key: string }) {
  const params = { cancellation_details: { comment: GIVEN_UP }, expand: [...EXPANDED] };
  return stripe.subscriptions.cancel(subscriptionId, params, { idempotencyKey: key });
}
