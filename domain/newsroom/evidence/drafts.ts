// Colleagues share one draft for each dispute. A form is not saved in the draft if a text or file is refused. Nor is it
// saved if the draft was saved after the form was rendered. In both cases, the site stores the form only for the
// colleague who sent it, so that nothing is lost.
import type { Db, Tx } from "../../database";
import type { IdentityCrypto } from "../../identity";
import type { Colleague } from "../staff/colleagues";
import type { DisputeEvidence, EvidenceRefusals } from "./fields";
import {
  type AcceptedFile,
  EVIDENCE_FILE_FIELDS,
  type EvidenceFileRefusals,
  type EvidenceFilesByField,
  type EvidenceUploadField,
} from "./files";
import {
  deleteEvidenceDraftRow,
  type EvidenceDraftRow,
  findEvidenceDraftRow,
  saveEvidenceDraftRow,
} from "./store/drafts";

/**
 * - `evidence`: null if it can no longer be decrypted, for example after a change of the key.
 * - `form`: the random number of the form with which the draft was saved, or null if it is not known.
 * - `fileRefusals`: the files of that form that were refused.
 * - `removed`: the fields whose saved files a colleague wanted to remove with a form that could not be saved.
 */
export type EvidenceDraft = {
  evidence: DisputeEvidence | null;
  form: string | null;
  fileRefusals: EvidenceFileRefusals;
  removed: readonly EvidenceUploadField[];
  version: number;
  savedBy: string;
  savedAt: Date;
};

/**
 * `shared`: the draft that all colleagues share. `ownUnsaved`: the form that this colleague sent last, if it could not
 * be saved. It also has the files of this colleague's earlier forms that could not be saved.
 */
export type SharedAndOwnUnsavedDrafts = { shared: EvidenceDraft | null; ownUnsaved: EvidenceDraft | null };

const SHARED = "";
type Sealer = Pick<IdentityCrypto, "seal" | "open">;

export async function getEvidenceDrafts(
  db: Db | Tx,
  { disputeId, colleague, identity }: { disputeId: string; colleague: Colleague; identity: Sealer },
): Promise<SharedAndOwnUnsavedDrafts> {
  const read = async (by: string) => draftOf(await findEvidenceDraftRow(db, { disputeId, by }), identity);
  return { shared: await read(SHARED), ownUnsaved: await read(colleague.id) };
}

export async function findSharedEvidenceDraft(
  db: Db | Tx,
  disputeId: string,
  identity: Sealer,
): Promise<EvidenceDraft | null> {
  return draftOf(await findEvidenceDraftRow(db, { disputeId, by: SHARED }), identity);
}

/**
 * Returns the file that the form shows in each field. This is the file in the colleague's unsaved form or, if that form
 * has no file for the field, the file in the shared draft.
 */
export function shownEvidenceFiles({ shared, ownUnsaved }: SharedAndOwnUnsavedDrafts): EvidenceFilesByField {
  return { ...shared?.evidence?.files, ...ownUnsaved?.evidence?.files };
}

/**
 * `repeated`: the same form was saved before. `stale`: the shared draft was saved since the form was rendered.
 * `refused`: a text or file was refused.
 */
export type SaveEvidenceOutcome = "saved" | "repeated" | "stale" | "refused";

export type EvidenceFormInput = {
  /** The random number in the form, by which a repeated form is recognised. */
  form: string;
  written: Omit<DisputeEvidence, "files">;
  accepted: readonly AcceptedFile[];
  /**
   * The fields whose saved file the colleague wants to remove. If the form contains a new file for such a field, the
   * new file is saved.
   */
  removed: readonly EvidenceUploadField[];
};

/**
 * Returns true if the shared draft was last saved from this same form with the same texts and files. Compares files
 * only by type and size, because the site does not store their contents. Returns false if a file was refused, because a
 * form with a refused file is never saved in the shared draft.
 */
export function isRepeatedForm(
  shared: EvidenceDraft | null,
  { form, written, accepted, removed, fileRefusals }: EvidenceFormInput & { fileRefusals: EvidenceFileRefusals },
): boolean {
  const evidence = shared?.evidence;
  if (Object.keys(fileRefusals).length > 0) return false;
  if (!evidence || shared.form !== form || evidence.withAddress !== written.withAddress) return false;
  if (JSON.stringify(evidence.texts) !== JSON.stringify(written.texts)) return false;
  const isGone = (name: EvidenceUploadField) => !evidence.files[name] || accepted.some((file) => file.name === name);
  const isThere = ({ name, type, bytes }: AcceptedFile) =>
    evidence.files[name]?.type === type && evidence.files[name].bytes === bytes.length;
  return accepted.every(isThere) && removed.every(isGone);
}

type Save = EvidenceFormInput & {
  disputeId: string;
  colleague: Colleague;
  refusals: EvidenceRefusals;
  /** The files of this form that Stripe has stored, with Stripe's ids. */
  added: EvidenceFilesByField;
  fileRefusals: EvidenceFileRefusals;
  /** The version of the shared draft that the form showed. */
  shownVersion: number;
  identity: Sealer;
  now: Date;
};

export async function saveEvidenceDraft(tx: Tx, save: Save): Promise<SaveEvidenceOutcome> {
  const { disputeId, colleague, refusals, fileRefusals, added, removed, shownVersion, identity } = save;
  const drafts = await getEvidenceDrafts(tx, { disputeId, colleague, identity });
  if (isRepeatedForm(drafts.shared, save)) return "repeated";
  const version = drafts.shared?.version ?? 0;
  const isRefused = [refusals, fileRefusals].some((each) => Object.keys(each).length > 0);
  if (isRefused || version !== shownVersion) {
    const files = { ...without(drafts.ownUnsaved?.evidence?.files ?? {}, removed), ...added };
    const toRemove = removed.filter((name) => drafts.shared?.evidence?.files[name] && !added[name]);
    await saveEvidenceDraftRow(tx, rowOf(save, { files, removed: toRemove }, { by: colleague.id, version }));
    return isRefused ? "refused" : "stale";
  }
  const files = { ...without(shownEvidenceFiles(drafts), removed), ...added };
  await saveEvidenceDraftRow(tx, rowOf(save, { files, removed: [] }, { by: SHARED, version: version + 1 }));
  await deleteEvidenceDraftRow(tx, { disputeId, by: colleague.id });
  return "saved";
}

function without(files: EvidenceFilesByField, removed: readonly EvidenceUploadField[]): EvidenceFilesByField {
  const names = EVIDENCE_FILE_FIELDS.filter((name) => !removed.includes(name));
  return Object.fromEntries(names.flatMap((name) => (files[name] ? [[name, files[name]]] : [])));
}

type Sealed = DisputeEvidence & Pick<EvidenceDraft, "form" | "fileRefusals" | "removed">;

function rowOf(
  { disputeId, colleague, form, written, fileRefusals, identity, now }: Save,
  { files, removed }: Pick<Sealed, "files" | "removed">,
  columns: Pick<EvidenceDraftRow, "by" | "version">,
): EvidenceDraftRow {
  const sealed: Sealed = { ...written, files, form, fileRefusals, removed };
  const textsSealed = identity.seal(JSON.stringify(sealed));
  return { disputeId, ...columns, textsSealed, savedBy: colleague.id, savedAt: now };
}

function draftOf(row: EvidenceDraftRow | null, identity: Sealer): EvidenceDraft | null {
  if (!row) return null;
  const { version, savedBy, savedAt } = row;
  const sealed = open(row, identity);
  const { form = null, fileRefusals = {}, removed = [] } = sealed ?? {};
  return { evidence: sealed, form, fileRefusals, removed, version, savedBy, savedAt };
}

/**
 * Decrypts a draft. Returns null if this fails. Old drafts have no `files`, because the site did not accept files then;
 * they get the defaults in `bare`.
 */
function open({ textsSealed }: EvidenceDraftRow, identity: Sealer): Sealed | null {
  try {
    const bare = { files: {}, form: null, fileRefusals: {}, removed: [] };
    return { ...bare, ...(JSON.parse(identity.open(textsSealed)) as Omit<Sealed, keyof typeof bare>) };
  } catch {
    return null;
  }
}

export async function discardUnsavedEvidence(
  tx: Tx,
  { disputeId, colleague }: { disputeId: string; colleague: Colleague },
): Promise<void> {
  await deleteEvidenceDraftRow(tx, { disputeId, by: colleague.id });
}

/**
 * The evidence that the site sends to Stripe: texts and file ids by Stripe's field names. The value `""` removes what
 * Stripe has in this field.
 */
export type StripeEvidenceParams = Record<string, string>;

/**
 * Converts a draft for Stripe. `address`: the supporter's e-mail address if the bank should get it, else null.
 * `fieldsAtStripe`: the names of all fields that have a value at Stripe. Those that are not in the draft are removed,
 * so that the bank gets only the draft.
 */
export function toStripeEvidenceParams(
  { texts, files }: DisputeEvidence,
  { address, fieldsAtStripe }: { address: string | null; fieldsAtStripe: readonly string[] },
): StripeEvidenceParams {
  const ids = EVIDENCE_FILE_FIELDS.flatMap((name) => (files[name] ? [[name, files[name].id] as const] : []));
  const said = Object.entries({ ...texts, ...Object.fromEntries(ids), customer_email_address: address ?? "" });
  const cleared = fieldsAtStripe.map((name) => [name, ""] as const);
  return Object.fromEntries([...cleared, ...said.filter(([, text]) => text !== "")]);
}
