// Evidence for a dispute, and the three texts by which Stripe's test mode judges it.
import type Stripe from "stripe";
import type { Read } from "../http/params";
import { object, text, unbuilt } from "../http/params";

const FILES = {
  cancellation_policy: unbuilt(),
  customer_communication: unbuilt(),
  customer_signature: unbuilt(),
  duplicate_charge_documentation: unbuilt(),
  receipt: unbuilt(),
  refund_policy: unbuilt(),
  service_documentation: unbuilt(),
  shipping_documentation: unbuilt(),
  uncategorized_file: unbuilt(),
};

const TEXTS = {
  access_activity_log: text({ max: 20_000 }),
  billing_address: text(),
  cancellation_policy_disclosure: text({ max: 20_000 }),
  cancellation_rebuttal: text({ max: 20_000 }),
  customer_email_address: text(),
  customer_name: text(),
  customer_purchase_ip: text(),
  duplicate_charge_explanation: text({ max: 20_000 }),
  duplicate_charge_id: text(),
  product_description: text({ max: 20_000 }),
  refund_policy_disclosure: text({ max: 20_000 }),
  refund_refusal_explanation: text({ max: 20_000 }),
  service_date: text(),
  shipping_address: text(),
  shipping_carrier: text(),
  shipping_date: text(),
  shipping_tracking_number: text(),
  uncategorized_text: text({ max: 20_000 }),
};

export const EVIDENCE = object({ ...TEXTS, ...FILES, appeal: unbuilt(), enhanced_evidence: unbuilt() });
type EvidenceParams = Read<{ evidence: typeof EVIDENCE }>["evidence"];

const NAMES = [...Object.keys(TEXTS), ...Object.keys(FILES)] as Exclude<
  keyof Stripe.Dispute.Evidence,
  "enhanced_evidence" | "appeal"
>[];

export const NO_EVIDENCE = {
  ...Object.fromEntries(NAMES.map((name) => [name, null])),
  enhanced_evidence: {},
} as Stripe.Dispute.Evidence;

export function withEvidence(evidence: Stripe.Dispute.Evidence, input: EvidenceParams): Stripe.Dispute.Evidence {
  const texts = Object.entries(input ?? {}).filter(([, value]) => value !== undefined);
  return { ...evidence, ...Object.fromEntries(texts) };
}

export function hasEvidence(evidence: Stripe.Dispute.Evidence): boolean {
  return NAMES.some((name) => evidence[name] !== null);
}

/** The limit for all texts of one dispute together. */
export const MOST_CHARACTERS = 150_000;

export function countCharacters(evidence: Stripe.Dispute.Evidence): number {
  const texts = NAMES.map((name) => evidence[name]);
  return texts.reduce((sum, text) => sum + (typeof text === "string" ? text.length : 0), 0);
}

/** The verdict of Stripe's test mode on the evidence; null if the text is none of the three that decide it. */
export function testVerdict({
  uncategorized_text: text,
}: Stripe.Dispute.Evidence): "won" | "lost" | "escalated" | null {
  if (text === "winning_evidence") return "won";
  if (text === "losing_evidence") return "lost";
  return text === "escalate_inquiry_evidence" ? "escalated" : null;
}
