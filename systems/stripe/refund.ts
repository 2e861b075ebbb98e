// Makes refunds. A refund's metadata contains the id of the colleague's refund request. With it, the refund can be
// found if Stripe's response was lost.
import "server-only";
import Stripe from "stripe";
import type { Money } from "../../domain/money";
import { publication } from "../../publication";
import { isStripeRefusal } from "./ask";

type Wanted = {
  requestId: string;
  paymentIntentId: string;
  money: Money;
  reason: Stripe.RefundCreateParams.Reason | null;
  /**
   * How many of Stripe's responses to this refund were server errors. For the same idempotency key Stripe would repeat
   * the error, so each error leads to a new key.
   */
  failures: number;
};

/** `failed`: Stripe responded with a server error, which does not show if the refund was made. */
export type MakeRefundResult =
  | { kind: "made"; refund: Stripe.Refund }
  | { kind: "refused"; code: string }
  | { kind: "failed" };

/**
 * Asks Stripe for the refund. Throws if Stripe did not respond. Stripe may have made the refund even then. A repeated
 * call with the same `requestId` and `failures` has the same idempotency key, so that Stripe makes no second refund
 * within a day. Before a later call, use findRefundByRequestId(), because Stripe has then forgotten the key.
 */
export async function makeRefund(stripe: Stripe, wanted: Wanted): Promise<MakeRefundResult> {
  const { requestId, paymentIntentId, money, reason, failures } = wanted;
  try {
    const refund = await stripe.refunds.create(
      {
        payment_intent: paymentIntentId,
        amount: money.amountMinor,
        metadata: { site: publication.id, request: requestId },
        ...(reason ? { reason } : {}),
      },
      { idempotencyKey: `staff:refund:${requestId}:${failures}` },
    );
    return { kind: "made", refund };
  } catch (error) {
    if (isStripeRefusal(error)) return { kind: "refused", code: refusalCodeOf(error) };
    if (error instanceof Stripe.errors.StripeError && (error.statusCode ?? 0) >= 500) return { kind: "failed" };
    throw error;
  }
}

/** Finds the refund that Stripe made for a colleague's refund request. Returns null if Stripe has made none. */
export async function findRefundByRequestId(
  stripe: Stripe,
  { requestId, paymentIntentId }: Pick<Wanted, "requestId" | "paymentIntentId">,
): Promise<Stripe.Refund | null> {
  for await (const refund of stripe.refunds.list({ payment_intent: paymentIntentId, limit: 100 }))
    if (refund.metadata?.request === requestId) return refund;
  return null;
}

/** Returns Stripe's error code. Its error text is not used, because it can name a person. */
export function refusalCodeOf(error: unknown): string {
  const { code, type } = error as { code?: string; type?: string };
  return (code ?? type ?? "unknown").slice(0, 60);
}
