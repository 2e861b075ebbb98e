// Voids the unpaid invoices of ended and paused gifts, because the site promises that missed payments are not charged
// later. This is done each time the site fetches a gift from Stripe. If a call to Stripe fails, the next fetch
// completes the work.
import "server-only";
import type Stripe from "stripe";
import { newIdempotencyKey } from "./key";
import { SUBSCRIPTION_EXPANSIONS } from "./move-payment";
import { CANCEL_COMMENT_AFTER_FAILED_PAYMENTS, voidUnpaidInvoices } from "./subscription";
import { isRenewalUnpaid } from "./subscription-terms";

/**
 * Voids the open invoices of an ended or paused gift. If the gift has the status `unpaid` and is not paused, first
 * cancels its subscription. Otherwise Stripe would go on creating invoices. Voiding these invoices would make the
 * subscription active again (docs.stripe.com/billing/subscriptions/overview). Returns the subscription's state
 * afterwards.
 */
export async function voidInvoicesOfEndedOrPausedGift(
  stripe: Stripe,
  subscription: Stripe.Subscription,
): Promise<Stripe.Subscription> {
  const { id: subscriptionId } = subscription;
  const key = newIdempotencyKey("site");
  const isGivenUp = subscription.status === "unpaid" && !subscription.pause_collection;
  const settled = isGivenUp ? await endGivenUp(stripe, { subscriptionId, key }) : subscription;
  const isPaused = settled.pause_collection?.behavior === "void" && isRenewalUnpaid(settled);
  if (settled.status !== "canceled" && !isPaused) return settled;
  await voidUnpaidInvoices(stripe, { subscriptionId, key });
  return isPaused ? stripe.subscriptions.retrieve(subscriptionId, { expand: [...SUBSCRIPTION_EXPANSIONS] }) : settled;
}

function endGivenUp(stripe: Stripe, { subscriptionId, key }: { subscriptionId: string; key: string }) {
  const params = {
    cancellation_details: { comment: CANCEL_COMMENT_AFTER_FAILED_PAYMENTS },
    expand: [...SUBSCRIPTION_EXPANSIONS],
  };
  return stripe.subscriptions.cancel(subscriptionId, params, { idempotencyKey: key });
}
