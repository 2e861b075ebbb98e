// Uploads evidence to Stripe. Stripe keeps a file for nine months, and its API has no call to delete one. The stripe
// package sends the file to files.stripe.com, or to a Stripe stand-in if STRIPE_API_BASE contains its URL.
// https://docs.stripe.com/api/files/create
import "server-only";
import { createHash } from "node:crypto";
import type Stripe from "stripe";
import type { AcceptedFile, EvidenceFile, EvidenceFileType } from "../../domain/newsroom/evidence/files";

const MIME_TYPES: Record<EvidenceFileType, string> = { jpg: "image/jpeg", pdf: "application/pdf", png: "image/png" };

/**
 * Uploads the file and returns its id at Stripe. `formId`: the id of the sent form that contained the file. The same
 * file of the same form is uploaded only once.
 */
export async function uploadEvidenceFile(
  stripe: Stripe,
  { name, type, bytes, formId }: AcceptedFile & { formId: string },
): Promise<EvidenceFile> {
  // `name` is a neutral name, because the sender's own name for the file can identify a person.
  const file = { data: bytes, name: `${name}.${type}`, type: MIME_TYPES[type] };
  const idempotencyKey = `staff:file:${formId}:${name}:${createHash("sha256").update(bytes).digest("hex")}`;
  const { id } = await stripe.files.create({ purpose: "dispute_evidence", file }, { idempotencyKey });
  return { id, type, bytes: bytes.length };
}
