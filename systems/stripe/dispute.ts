// Evidence is first stored at Stripe as a draft ("staged"), so that Stripe checks it before the bank gets it.
// https://docs.stripe.com/api/disputes/update
import "server-only";
import type Stripe from "stripe";
import type { StripeEvidenceParams } from "../../domain/newsroom/evidence/drafts";

type At = { id: string; key: string };

/**
 * The names of the evidence fields that hold one text or one file. The excluded fields hold evidence for a dispute's
 * appeal stage at Stripe, and for programs of the card networks.
 */
type HeldName = Exclude<keyof Stripe.Dispute.Evidence, "appeal" | "enhanced_evidence">;

/**
 * All names of HeldName. It is a record, not an array, so that a new name in Stripe's types does not compile until it
 * is added here.
 */
const HELD: Record<HeldName, true> = {
  access_activity_log: true,
  billing_address: true,
  cancellation_policy: true,
  cancellation_policy_disclosure: true,
  cancellation_rebuttal: true,
  customer_communication: true,
  customer_email_address: true,
  customer_name: true,
  customer_purchase_ip: true,
  customer_signature: true,
  duplicate_charge_documentation: true,
  duplicate_charge_explanation: true,
  duplicate_charge_id: true,
  product_description: true,
  receipt: true,
  refund_policy: true,
  refund_policy_disclosure: true,
  refund_refusal_explanation: true,
  service_date: true,
  service_documentation: true,
  shipping_address: true,
  shipping_carrier: true,
  shipping_date: true,
  shipping_documentation: true,
  shipping_tracking_number: true,
  uncategorized_file: true,
  uncategorized_text: true,
};

/**
 * Returns the names of the evidence fields that are filled in at Stripe. Stripe itself fills in some, such as the
 * cardholder's name.
 */
export function listFilledEvidenceFields({ evidence }: Stripe.Dispute): HeldName[] {
  return (Object.keys(HELD) as HeldName[]).filter((name) => evidence[name]);
}

/** Stores the evidence at Stripe as a draft. Stripe's dashboard shows it, but the bank does not get it yet. */
export function stageEvidence(
  stripe: Stripe,
  { id, key, evidence }: At & { evidence: StripeEvidenceParams },
): Promise<Stripe.Dispute> {
  return stripe.disputes.update(id, { evidence, submit: false }, { idempotencyKey: `${key}:stage` });
}

/** Sends the bank all texts and files that Stripe holds for the dispute. Possible only once. */
export function submitEvidence(stripe: Stripe, { id, key }: At): Promise<Stripe.Dispute> {
  return stripe.disputes.update(id, { submit: true }, { idempotencyKey: `${key}:submit` });
}

/** Gives up the dispute, which is then lost, or closes the inquiry. This cannot be undone. */
export function acceptDispute(stripe: Stripe, { id, key }: At): Promise<Stripe.Dispute> {
  return stripe.disputes.close(id, {}, { idempotencyKey: `${key}:accept` });
}

export function awaitsEvidence({ status }: Stripe.Dispute): boolean {
  return status === "needs_response" || status === "warning_needs_response";
}
