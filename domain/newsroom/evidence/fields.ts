// The text fields of a dispute's evidence, which depend on the reason of the dispute. Their names are Stripe's
// (https://docs.stripe.com/disputes/reason-codes-defense-requirements).
import type { DisputeReason } from "./dispute-reasons";
import type { EvidenceFilesByField } from "./files";

export const EVIDENCE_FIELDS = [
  "product_description",
  "service_date",
  "duplicate_charge_id",
  "duplicate_charge_explanation",
  "cancellation_policy_disclosure",
  "cancellation_rebuttal",
  "refund_policy_disclosure",
  "refund_refusal_explanation",
  "access_activity_log",
  "uncategorized_text",
] as const;
export type EvidenceField = (typeof EVIDENCE_FIELDS)[number];

const ABOUT_THE_GIFT = ["product_description", "service_date"] as const;
const AT_THE_END = ["access_activity_log", "uncategorized_text"] as const;
const REFUND = ["refund_policy_disclosure", "refund_refusal_explanation"] as const;

const SPECIAL: Record<DisputeReason, readonly EvidenceField[]> = {
  credit_not_processed: REFUND,
  duplicate: ["duplicate_charge_id", "duplicate_charge_explanation"],
  fraudulent: [],
  general: ["refund_refusal_explanation"],
  product_not_received: [],
  product_unacceptable: REFUND,
  subscription_canceled: ["cancellation_policy_disclosure", "cancellation_rebuttal"],
  unrecognized: [],
};

export function listEvidenceFields(reason: DisputeReason): EvidenceField[] {
  return [...ABOUT_THE_GIFT, ...SPECIAL[reason], ...AT_THE_END];
}

export function isSingleLineEvidenceField(name: EvidenceField): boolean {
  return name === "service_date" || name === "duplicate_charge_id";
}

const MAX_LINE_LENGTH = 200;
/**
 * The maximum number of characters in a long text. Stripe accepts more (20,000 in one text and 150,000 in all), but
 * banks read only a page or two.
 */
export const MAX_LONG_EVIDENCE_TEXT_LENGTH = 4_000;

export function maxFieldLength(name: EvidenceField): number {
  return isSingleLineEvidenceField(name) ? MAX_LINE_LENGTH : MAX_LONG_EVIDENCE_TEXT_LENGTH;
}

export type EvidenceTexts = Partial<Record<EvidenceField, string>>;
/** `withAddress`: true if the bank also gets the supporter's e-mail address. */
export type DisputeEvidence = { texts: EvidenceTexts; withAddress: boolean; files: EvidenceFilesByField };
export type EvidenceRefusals = Partial<Record<EvidenceField, "too-long">>;

/**
 * Reads the texts from the form. `refusals` names the texts that are too long. `written` contains all texts in full, so
 * that the form can show them again.
 */
export function parseEvidence(
  form: Pick<URLSearchParams, "get">,
  reason: DisputeReason,
): { written: Omit<DisputeEvidence, "files">; refusals: EvidenceRefusals } {
  const texts = Object.fromEntries(listEvidenceFields(reason).map((name) => [name, tidy(form.get(name) ?? "")]));
  return { written: { texts, withAddress: form.get("address") === "yes" }, refusals: evidenceRefusalsOf(texts) };
}

export function evidenceRefusalsOf(texts: EvidenceTexts): EvidenceRefusals {
  const tooLong = EVIDENCE_FIELDS.filter((name) => [...(texts[name] ?? "")].length > maxFieldLength(name));
  return Object.fromEntries(tooLong.map((name) => [name, "too-long"]));
}

export function isEvidenceEmpty({ texts, files }: DisputeEvidence): boolean {
  return Object.values(texts).every((text) => text === "") && Object.keys(files).length === 0;
}

/** Trims and normalises the text (Unicode NFC), and replaces the line breaks that browsers send (CRLF) with LF. */
function tidy(text: string): string {
  return text.normalize("NFC").replaceAll(/\r\n?/g, "\n").trim();
}
