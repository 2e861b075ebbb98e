// Checks and merges the evidence for disputes. As in Stripe's test mode, three special texts decide a dispute: see
// verdictOfTestEvidence().
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest } from "../http/errors";
import type { ParsedParams } from "../http/params";
import { object, text, unsupportedParam } from "../http/params";
import { requireObject } from "../http/route";

const FILES = {
  cancellation_policy: text(),
  customer_communication: text(),
  customer_signature: text(),
  duplicate_charge_documentation: text(),
  receipt: text(),
  refund_policy: text(),
  service_documentation: text(),
  shipping_documentation: text(),
  uncategorized_file: text(),
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

export const EVIDENCE_PARAM = object({
  ...TEXTS,
  ...FILES,
  appeal: unsupportedParam(),
  enhanced_evidence: unsupportedParam(),
});
type EvidenceParams = ParsedParams<{ evidence: typeof EVIDENCE_PARAM }>["evidence"];

type Name = Exclude<keyof Stripe.Dispute.Evidence, "enhanced_evidence" | "appeal">;
const TEXT_NAMES = Object.keys(TEXTS) as Name[];
const FILE_NAMES = Object.keys(FILES) as (keyof typeof FILES)[];
const NAMES = [...TEXT_NAMES, ...FILE_NAMES] as Name[];

const NO_EVIDENCE = {
  ...Object.fromEntries(NAMES.map((name) => [name, null])),
  enhanced_evidence: {},
} as Stripe.Dispute.Evidence;

export function withEvidence(evidence: Stripe.Dispute.Evidence, input: EvidenceParams): Stripe.Dispute.Evidence {
  const texts = Object.entries(input ?? {}).filter(([, value]) => value !== undefined);
  return { ...evidence, ...Object.fromEntries(texts) };
}

/** Returns the evidence that Stripe fills in by itself, from the charge's billing details. */
export function evidenceFromBillingDetails({ billing_details: payer }: Stripe.Charge): Stripe.Dispute.Evidence {
  const { line1, line2, postal_code, city, state, country } = payer.address ?? {};
  const lines = [line1, line2, [postal_code, city].filter(Boolean).join(" "), state, country].filter(Boolean);
  return {
    ...NO_EVIDENCE,
    billing_address: lines.join("\n") || null,
    customer_email_address: payer.email,
    customer_name: payer.name,
  };
}

const MAX_BYTES = 4_500_000;

export function checkEvidenceFiles(account: Account, input: EvidenceParams, evidence: Stripe.Dispute.Evidence): void {
  for (const name of FILE_NAMES) {
    const id = input?.[name];
    const param = `evidence[${name}]`;
    if (!id) continue;
    const { purpose } = requireObject(account, "file", { id, noun: "file upload", param });
    if (purpose !== "dispute_evidence")
      throw invalidRequest(`The file ${id} has the purpose ${purpose}. It must have the purpose dispute_evidence.`, {
        param,
      });
  }
  const ids = FILE_NAMES.flatMap((name) => evidence[name] ?? []);
  const bytes = ids.reduce((sum, id) => sum + account.get("file", String(id)).size, 0);
  if (bytes > MAX_BYTES)
    throw invalidRequest(
      "The files you've attached to this dispute as evidence will exceed the limit for a dispute's total size. Try using smaller files as evidence. Hint: if you've attached images, you might want to try providing them in lower resolutions.",
      { param: "evidence" },
    );
}

export function hasEvidence(evidence: Stripe.Dispute.Evidence): boolean {
  return NAMES.some((name) => evidence[name] !== null);
}

/** The limit for all texts of one dispute together. */
export const MAX_COMBINED_EVIDENCE_CHARACTERS = 150_000;

export function countEvidenceCharacters(evidence: Stripe.Dispute.Evidence): number {
  const texts = TEXT_NAMES.map((name) => evidence[name]);
  return texts.reduce((sum, text) => sum + (typeof text === "string" ? text.length : 0), 0);
}

export function verdictOfTestEvidence({
  uncategorized_text: text,
}: Stripe.Dispute.Evidence): "won" | "lost" | "escalated" | null {
  if (text === "winning_evidence") return "won";
  if (text === "losing_evidence") return "lost";
  return text === "escalate_inquiry_evidence" ? "escalated" : null;
}
