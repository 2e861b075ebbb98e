// Drafts of evidence. Colleagues share one for each dispute. If a form cannot be saved, because a colleague was faster or a text or a
// file is refused, it is kept as it was sent for its author, so that nothing is lost.

import type { Db, Tx } from "../../database";
import type { Identity } from "../../identity";
import type { Colleague } from "../staff/colleagues";
import type { Evidence, EvidenceRefusals } from "./fields";
import { type AcceptedFile, type EvidenceFiles, FILE_NAMES, type FileName, type FileRefusals } from "./files";
import { type DraftRow, deleteDraftRow, findDraftRow, saveDraftRow } from "./store/drafts";

/**
 * `evidence`: null if its seal cannot be opened any more, as after a change of the key. `form`: the one-time number of the form that it
 * was saved with. `fileRefusals`: the files of that form that were not taken. `removed`: the saved files that it asked to take out, if it
 * could not be saved.
 */
export type Draft = {
  evidence: Evidence | null;
  form: string | null;
  fileRefusals: FileRefusals;
  removed: readonly FileName[];
  version: number;
  savedBy: string;
  savedAt: Date;
};

/** `aside`: the form as this colleague sent it, if it could not be saved. Its files are those that only this form brought. */
export type Drafts = { shared: Draft | null; aside: Draft | null };

const SHARED = "";
type Sealer = Pick<Identity, "seal" | "open">;

export async function findDrafts(
  db: Db | Tx,
  { disputeId, colleague, identity }: { disputeId: string; colleague: Colleague; identity: Sealer },
): Promise<Drafts> {
  const read = async (by: string) => draftOf(await findDraftRow(db, { disputeId, by }), identity);
  return { shared: await read(SHARED), aside: await read(colleague.id) };
}

export async function findSharedDraft(db: Db | Tx, disputeId: string, identity: Sealer): Promise<Draft | null> {
  return draftOf(await findDraftRow(db, { disputeId, by: SHARED }), identity);
}

/** The files that a form shows: the saved ones, each replaced by the author's own unsaved file if there is one. */
export function filesShown({ shared, aside }: Drafts): EvidenceFiles {
  return { ...shared?.evidence?.files, ...aside?.evidence?.files };
}

/**
 * `saved`: now, or by an earlier press of the same form (`repeated`) · `stale`: a colleague has saved since the form was opened ·
 * `refused`: a text is too long, or a file was not taken. The last two keep the form aside.
 */
export type Saved = "saved" | "repeated" | "stale" | "refused";

/** A form as it was sent. */
export type SentEvidence = {
  /** The one-time number of the form. */
  form: string;
  written: Omit<Evidence, "files">;
  accepted: readonly AcceptedFile[];
  /** Fields whose file is removed, unless the form brings another. */
  removed: readonly FileName[];
};

/**
 * True if the draft was saved with just this form: it was sent twice. A form that somebody went back to and changed is another one. Files
 * are compared by type and size, because the site stores nothing else about them. If a file of the form was refused, the draft was not saved with it.
 */
export function isRepeat(
  shared: Draft | null,
  { form, written, accepted, removed, fileRefusals }: SentEvidence & { fileRefusals: FileRefusals },
): boolean {
  const evidence = shared?.evidence;
  if (Object.keys(fileRefusals).length > 0) return false;
  if (!evidence || shared.form !== form || evidence.withAddress !== written.withAddress) return false;
  if (JSON.stringify(evidence.texts) !== JSON.stringify(written.texts)) return false;
  const isGone = (name: FileName) => !evidence.files[name] || accepted.some((file) => file.name === name);
  const isThere = ({ name, type, bytes }: AcceptedFile) =>
    evidence.files[name]?.type === type && evidence.files[name].bytes === bytes.length;
  return accepted.every(isThere) && removed.every(isGone);
}

type Save = SentEvidence & {
  disputeId: string;
  colleague: Colleague;
  refusals: EvidenceRefusals;
  /** The files that Stripe has accepted. */
  added: EvidenceFiles;
  fileRefusals: FileRefusals;
  /** The version that the form was opened on. */
  shownVersion: number;
  identity: Sealer;
  now: Date;
};

export async function saveDraft(tx: Tx, save: Save): Promise<Saved> {
  const { disputeId, colleague, refusals, fileRefusals, added, removed, shownVersion, identity } = save;
  const drafts = await findDrafts(tx, { disputeId, colleague, identity });
  if (isRepeat(drafts.shared, save)) return "repeated";
  const version = drafts.shared?.version ?? 0;
  const isRefused = [refusals, fileRefusals].some((each) => Object.keys(each).length > 0);
  if (isRefused || version !== shownVersion) {
    const files = { ...without(drafts.aside?.evidence?.files ?? {}, removed), ...added };
    const toRemove = removed.filter((name) => drafts.shared?.evidence?.files[name] && !added[name]);
    await saveDraftRow(tx, rowOf(save, { files, removed: toRemove }, { by: colleague.id, version }));
    return isRefused ? "refused" : "stale";
  }
  const files = { ...without(filesShown(drafts), removed), ...added };
  await saveDraftRow(tx, rowOf(save, { files, removed: [] }, { by: SHARED, version: version + 1 }));
  await deleteDraftRow(tx, { disputeId, by: colleague.id });
  return "saved";
}

function without(files: EvidenceFiles, removed: readonly FileName[]): EvidenceFiles {
  const kept = FILE_NAMES.filter((name) => !removed.includes(name));
  return Object.fromEntries(kept.flatMap((name) => (files[name] ? [[name, files[name]]] : [])));
}

type Sealed = Evidence & Pick<Draft, "form" | "fileRefusals" | "removed">;

function rowOf(
  { disputeId, colleague, form, written, fileRefusals, identity, now }: Save,
  { files, removed }: Pick<Sealed, "files" | "removed">,
  columns: Pick<DraftRow, "by" | "version">,
): DraftRow {
  const sealed: Sealed = { ...written, files, form, fileRefusals, removed };
  const textsSealed = identity.seal(JSON.stringify(sealed));
  return { disputeId, ...columns, textsSealed, savedBy: colleague.id, savedAt: now };
}

function draftOf(row: DraftRow | null, identity: Sealer): Draft | null {
  if (!row) return null;
  const { version, savedBy, savedAt } = row;
  const sealed = open(row, identity);
  const { form = null, fileRefusals = {}, removed = [] } = sealed ?? {};
  return { evidence: sealed, form, fileRefusals, removed, version, savedBy, savedAt };
}

/** A draft that was saved before the site took files has none. */
function open({ textsSealed }: DraftRow, identity: Sealer): Sealed | null {
  try {
    const bare = { files: {}, form: null, fileRefusals: {}, removed: [] };
    return { ...bare, ...(JSON.parse(identity.open(textsSealed)) as Omit<Sealed, keyof typeof bare>) };
  } catch {
    return null;
  }
}

/** Deletes what a colleague sent and could not save. */
export async function dropUnsavedForm(
  tx: Tx,
  { disputeId, colleague }: { disputeId: string; colleague: Colleague },
): Promise<void> {
  await deleteDraftRow(tx, { disputeId, by: colleague.id });
}

/** Texts and ids of files by Stripe's names. `""` removes what Stripe holds. */
export type EvidenceForStripe = Record<string, string>;

/**
 * `address`: the supporter's, if the draft lets the bank have it. `held`: the names of all that Stripe holds for the dispute, from an
 * earlier press, its dashboard, or filled in by itself. The bank gets nothing that the draft does not say.
 */
export function evidenceForStripe(
  { texts, files }: Evidence,
  { address, held }: { address: string | null; held: readonly string[] },
): EvidenceForStripe {
  const ids = FILE_NAMES.flatMap((name) => (files[name] ? [[name, files[name].id] as const] : []));
  const said = Object.entries({ ...texts, ...Object.fromEntries(ids), customer_email_address: address ?? "" });
  const cleared = held.map((name) => [name, ""] as const);
  return Object.fromEntries([...cleared, ...said.filter(([, text]) => text !== "")]);
}
