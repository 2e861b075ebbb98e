// Sends evidence for a dispute, or accepts it. Texts are staged first, so that Stripe checks them before the bank gets anything.
// https://docs.stripe.com/api/disputes/update
import "server-only";
import type Stripe from "stripe";
import type { TextsForStripe } from "../../domain/newsroom/evidence/drafts";

type At = { id: string; key: string };

/** Stripe shows the texts in its dashboard; the bank does not get them yet. */
export function stageEvidence(
  stripe: Stripe,
  { id, key, texts }: At & { texts: TextsForStripe },
): Promise<Stripe.Dispute> {
  return stripe.disputes.update(id, { evidence: texts, submit: false }, { idempotencyKey: `${key}:stage` });
}

/** The bank gets all texts and files that Stripe holds for the dispute. Possible once. */
export function submitEvidence(stripe: Stripe, { id, key }: At): Promise<Stripe.Dispute> {
  return stripe.disputes.update(id, { submit: true }, { idempotencyKey: `${key}:submit` });
}

/** Loses the dispute, or closes the inquiry. Cannot be undone. */
export function acceptDispute(stripe: Stripe, { id, key }: At): Promise<Stripe.Dispute> {
  return stripe.disputes.close(id, {}, { idempotencyKey: `${key}:accept` });
}

export function isAsking({ status }: Stripe.Dispute): boolean {
  return status === "needs_response" || status === "warning_needs_response";
}
