// Saves a draft of evidence for a dispute. Uploads the files to Stripe, and stores only their ids in the ledger. If a
// form cannot be saved as the draft, stores it for its author only, with the files that Stripe has accepted.
import "server-only";
import {
  type EvidenceFormInput,
  getEvidenceDrafts,
  isRepeatedForm,
  type SaveEvidenceOutcome,
  type SharedAndOwnUnsavedDrafts,
  saveEvidenceDraft,
  shownEvidenceFiles,
} from "../../domain/newsroom/evidence/drafts";
import type { EvidenceRefusals } from "../../domain/newsroom/evidence/fields";
import {
  type AcceptedFile,
  checkUploadedFiles,
  type EvidenceFile,
  type EvidenceFileRefusals,
  type EvidenceFilesByField,
  type UploadedFile,
} from "../../domain/newsroom/evidence/files";
import type { Colleague } from "../../domain/newsroom/staff/colleagues";
import { recordActInAuditLog } from "../auth/staff";
import { currentTime } from "../clock";
import type { Db } from "../database";
import { identityCrypto } from "../identity";
import { log } from "../log";
import { Mutex } from "../mutex";
import { isStripeRefusal, tryStripeCall } from "../stripe/ask";
import { stripe } from "../stripe/client";
import { uploadEvidenceFile } from "../stripe/evidence-file";
import { refusalCodeOf } from "../stripe/refund";

type EvidenceForm = Omit<EvidenceFormInput, "accepted"> & {
  disputeId: string;
  paymentId: string;
  colleague: Colleague;
  refusals: EvidenceRefusals;
  sent: readonly UploadedFile[];
  shownVersion: number;
};

/**
 * The time limit for uploading all files of a form to Stripe. Together, UPLOAD_TIMEOUT_MS and WAIT_MS are below the
 * usual timeout of a proxy in front of the site (60 s).
 */
const UPLOAD_TIMEOUT_MS = 20_000;
/** How long a form with files waits for earlier forms. */
const WAIT_MS = 20_000;
/**
 * Saves only one form with files at a time, so that few files are in memory. If a form is sent twice, the second save
 * starts after the first, and finds the files already saved.
 */
const mutex = new Mutex();

export async function saveEvidenceDraftAndFiles(db: Db, form: EvidenceForm): Promise<SaveEvidenceOutcome> {
  if (form.sent.length === 0) return save(db, form);
  const release = await mutex.lock(WAIT_MS).catch(() => null);
  if (!release) {
    const notSent = Object.fromEntries(form.sent.map(({ name }) => [name, "busy" as const]));
    return save(db, { ...form, sent: [] }, notSent);
  }
  try {
    return await save(db, form);
  } finally {
    release();
  }
}

/** Saves the draft. `notSent`: files that are not uploaded to Stripe, each with the reason. */
async function save(
  db: Db,
  { sent, ...form }: EvidenceForm,
  notSent: EvidenceFileRefusals = {},
): Promise<SaveEvidenceOutcome> {
  const { disputeId, paymentId, colleague, removed, shownVersion } = form;
  const identity = identityCrypto();
  const drafts = await getEvidenceDrafts(db, { disputeId, colleague, identity });
  const { accepted, refusals } = checkUploadedFiles(sent, heldBy(drafts, removed));
  const notTaken = { ...notSent, ...refusals };
  if (isRepeatedForm(drafts.shared, { ...form, accepted, fileRefusals: notTaken })) return "repeated";
  const { added, refusals: failed } = await upload(db, { ...form, accepted });
  const fileRefusals = { ...notTaken, ...failed };
  return db.$transaction(async (tx) => {
    const result = await saveEvidenceDraft(tx, {
      ...form,
      accepted,
      added,
      fileRefusals,
      identity,
      now: currentTime(),
    });
    const files = fileNamesForAuditLog({ added: Object.keys(added), removed });
    const after = { dispute: disputeId, version: shownVersion + 1, ...files };
    const about = `payment:${paymentId}`;
    if (result === "saved") await recordActInAuditLog(tx, { colleague, kind: "dispute-draft-saved", about, after });
    return result;
  });
}

/** Leaves out a list that is empty. */
function fileNamesForAuditLog({ added, removed }: Record<"added" | "removed", readonly string[]>) {
  return {
    ...(added.length > 0 ? { added: added.join(", ") } : {}),
    ...(removed.length > 0 ? { removed: removed.join(", ") } : {}),
  };
}

function heldBy(drafts: SharedAndOwnUnsavedDrafts, removed: readonly string[]): EvidenceFilesByField {
  return Object.fromEntries(Object.entries(shownEvidenceFiles(drafts)).filter(([name]) => !removed.includes(name)));
}

type Uploading = Pick<EvidenceForm, "disputeId" | "paymentId" | "colleague" | "form"> & {
  accepted: readonly AcceptedFile[];
};

/**
 * Uploads the files. Writes an audit log entry for each file before the upload. So the log mentions every file that may
 * have reached Stripe, even if the upload fails.
 */
async function upload(
  db: Db,
  { disputeId, paymentId, colleague, form, accepted }: Uploading,
): Promise<{ added: EvidenceFilesByField; refusals: EvidenceFileRefusals }> {
  const added: EvidenceFilesByField = {};
  const refusals: EvidenceFileRefusals = Object.fromEntries(accepted.map(({ name }) => [name, "unanswered"]));
  if (accepted.length === 0) return { added, refusals };
  await db.$transaction(async (tx) => {
    for (const { name: field, type, bytes } of accepted) {
      const after = { dispute: disputeId, field, type, bytes: bytes.length };
      await recordActInAuditLog(tx, { colleague, kind: "dispute-file-sent", about: `payment:${paymentId}`, after });
    }
  });
  const uploadAll = async () => {
    for (const file of accepted) {
      const uploaded = await uploadOrRefuse({ ...file, form, disputeId });
      if (uploaded === "refused") refusals[file.name] = "refused";
      else {
        added[file.name] = uploaded;
        delete refusals[file.name];
      }
    }
  };
  await tryStripeCall(uploadAll, { about: { dispute: disputeId }, timeoutMs: UPLOAD_TIMEOUT_MS });
  // Returns copies, because an upload that took too long can still finish and change the originals.
  return { added: { ...added }, refusals: { ...refusals } };
}

/**
 * Uploads one file to Stripe. If Stripe refuses it, logs Stripe's error code: the code shows if the file or the API key
 * is at fault.
 */
async function uploadOrRefuse(
  file: AcceptedFile & { form: string; disputeId: string },
): Promise<EvidenceFile | "refused"> {
  try {
    return await uploadEvidenceFile(stripe(), { ...file, formId: file.form });
  } catch (error) {
    if (!isStripeRefusal(error)) throw error;
    log.warn(
      { dispute: file.disputeId, field: file.name, code: refusalCodeOf(error) },
      "Stripe refused a file as evidence",
    );
    return "refused";
  }
}
