// The files that a colleague can add to a dispute's evidence. Stripe stores them; the site stores only their ids, sizes
// and types. The field names are Stripe's. Limits: https://docs.stripe.com/disputes/best-practices and
// https://docs.stripe.com/file-upload
import type { DisputeReason } from "./dispute-reasons";

export const EVIDENCE_FILE_FIELDS = [
  "receipt",
  "customer_communication",
  "cancellation_policy",
  "refund_policy",
  "duplicate_charge_documentation",
  "uncategorized_file",
] as const;
export type EvidenceUploadField = (typeof EVIDENCE_FILE_FIELDS)[number];

const SPECIAL: Partial<Record<DisputeReason, EvidenceUploadField>> = {
  credit_not_processed: "refund_policy",
  duplicate: "duplicate_charge_documentation",
  product_unacceptable: "refund_policy",
  subscription_canceled: "cancellation_policy",
};

export function listFileFields(reason: DisputeReason): EvidenceUploadField[] {
  const special = SPECIAL[reason];
  return ["receipt", "customer_communication", ...(special ? [special] : []), "uncategorized_file"];
}

/** The maximum size of all files of one dispute together. This is Stripe's limit. */
export const MAX_TOTAL_FILE_BYTES = 4_500_000;
/** The maximum number of pages of a PDF. Stripe refuses PDFs with more pages. */
export const MAX_PDF_PAGES = 49;

export const EVIDENCE_FILE_TYPES = ["pdf", "png", "jpg"] as const;
export type EvidenceFileType = (typeof EVIDENCE_FILE_TYPES)[number];
/** `id`: Stripe's id of the file. */
export type EvidenceFile = { id: string; type: EvidenceFileType; bytes: number };
export type EvidenceFilesByField = Partial<Record<EvidenceUploadField, EvidenceFile>>;

/**
 * Why a file was refused. `too-large`: with it, all files together exceed MAX_TOTAL_FILE_BYTES. `wrong-type`: its
 * content is of no accepted type. `refused`: Stripe refused it. `unanswered`: Stripe did not answer. `busy`: the site
 * was handling too many forms with files.
 */
export const EVIDENCE_FILE_REFUSALS = ["too-large", "wrong-type", "refused", "unanswered", "busy"] as const;
export type EvidenceFileRefusal = (typeof EVIDENCE_FILE_REFUSALS)[number];
export type EvidenceFileRefusals = Partial<Record<EvidenceUploadField, EvidenceFileRefusal>>;

/**
 * A file that was sent with a form. `bytes`: null if the site dropped the file because the files of the form together
 * exceeded MAX_TOTAL_FILE_BYTES.
 */
export type UploadedFile = { name: EvidenceUploadField; bytes: Uint8Array | null };
export type AcceptedFile = { name: EvidenceUploadField; bytes: Uint8Array; type: EvidenceFileType };

/**
 * Decides which of the sent files the site accepts. `savedFiles`: the files that stay in the dispute's drafts. They count for the size limit, except those that a sent file replaces.
 */
export function checkUploadedFiles(
  sent: readonly UploadedFile[],
  savedFiles: EvidenceFilesByField,
): { accepted: AcceptedFile[]; refusals: EvidenceFileRefusals } {
  const replaced = new Set(sent.map(({ name }) => name));
  let left =
    MAX_TOTAL_FILE_BYTES -
    sizeOf(EVIDENCE_FILE_FIELDS.flatMap((name) => (replaced.has(name) ? [] : (savedFiles[name] ?? []))));
  const accepted: AcceptedFile[] = [];
  const refusals: EvidenceFileRefusals = {};
  for (const { name, bytes } of sent) {
    const type = bytes && fileTypeOf(bytes);
    if (!bytes || bytes.length > left) refusals[name] = "too-large";
    else if (!type) refusals[name] = "wrong-type";
    else {
      left -= bytes.length;
      accepted.push({ name, bytes, type });
    }
  }
  return { accepted, refusals };
}

function sizeOf(files: readonly EvidenceFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

const STARTS: Record<EvidenceFileType, readonly number[]> = {
  pdf: [0x25, 0x50, 0x44, 0x46, 0x2d],
  png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  jpg: [0xff, 0xd8, 0xff],
};

/**
 * Detects the type from the first bytes, because a file's name can be wrong. Returns null if the type is not accepted.
 */
export function fileTypeOf(bytes: Uint8Array): EvidenceFileType | null {
  return EVIDENCE_FILE_TYPES.find((type) => STARTS[type].every((byte, index) => bytes[index] === byte)) ?? null;
}
