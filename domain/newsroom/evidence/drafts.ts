// Drafts of evidence. Colleagues share one for each dispute. If a form cannot be saved, because a colleague was faster or a text is too
// long, it is kept as typed for its author, so that nothing is lost.
import type { Db, Tx } from "../../database";
import type { Identity } from "../../identity";
import type { Colleague } from "../staff/colleagues";
import { EVIDENCE_NAMES, type Evidence, type EvidenceName, type EvidenceRefusals } from "./fields";
import { type DraftRow, deleteDraftRow, findDraftRow, saveDraftRow } from "./store/drafts";

/** `evidence`: null if its seal cannot be opened any more, as after a change of the key. */
export type Draft = { evidence: Evidence | null; version: number; savedBy: string; savedAt: Date };

/** `aside`: the form as this colleague typed it, if it could not be saved. */
export type Drafts = { shared: Draft | null; aside: Draft | null };

const SHARED = "";
type Sealer = Pick<Identity, "seal" | "open">;

export async function findDrafts(
  db: Db,
  { disputeId, colleague, identity }: { disputeId: string; colleague: Colleague; identity: Sealer },
): Promise<Drafts> {
  const read = async (by: string) => draftOf(await findDraftRow(db, { disputeId, by }), identity);
  return { shared: await read(SHARED), aside: await read(colleague.id) };
}

export async function findSharedDraft(db: Db | Tx, disputeId: string, identity: Sealer): Promise<Draft | null> {
  return draftOf(await findDraftRow(db, { disputeId, by: SHARED }), identity);
}

/** `stale`: a colleague has saved since the form was opened · `refused`: a text is too long. Both keep the form aside. */
export type Saved = "saved" | "stale" | "refused";

type Save = {
  disputeId: string;
  colleague: Colleague;
  evidence: Evidence;
  refusals: EvidenceRefusals;
  /** The version that the form was opened on. */
  shownVersion: number;
  identity: Sealer;
  now: Date;
};

export async function saveDraft(tx: Tx, save: Save): Promise<Saved> {
  const { disputeId, colleague, refusals, shownVersion } = save;
  const shared = await findDraftRow(tx, { disputeId, by: SHARED });
  const version = shared?.version ?? 0;
  const isRefused = Object.keys(refusals).length > 0;
  if (isRefused || version !== shownVersion) {
    await saveDraftRow(tx, rowOf(save, { by: colleague.id, version }));
    return isRefused ? "refused" : "stale";
  }
  await saveDraftRow(tx, rowOf(save, { by: SHARED, version: version + 1 }));
  await deleteDraftRow(tx, { disputeId, by: colleague.id });
  return "saved";
}

function rowOf(
  { disputeId, colleague, evidence, identity, now }: Save,
  columns: Pick<DraftRow, "by" | "version">,
): DraftRow {
  const textsSealed = identity.seal(JSON.stringify(evidence));
  return { disputeId, ...columns, textsSealed, savedBy: colleague.id, savedAt: now };
}

function draftOf(row: DraftRow | null, identity: Sealer): Draft | null {
  if (!row) return null;
  const { version, savedBy, savedAt } = row;
  return { evidence: evidenceIn(row, identity), version, savedBy, savedAt };
}

function evidenceIn({ textsSealed }: DraftRow, identity: Sealer): Evidence | null {
  try {
    return JSON.parse(identity.open(textsSealed)) as Evidence;
  } catch {
    return null;
  }
}

/** Deletes what a colleague typed and could not save. */
export async function dropAside(
  tx: Tx,
  { disputeId, colleague }: { disputeId: string; colleague: Colleague },
): Promise<void> {
  await deleteDraftRow(tx, { disputeId, by: colleague.id });
}

/** Texts by Stripe's names. `""` removes a text that Stripe holds. */
export type TextsForStripe = Partial<Record<EvidenceName | "customer_email_address", string>>;

/** `address`: the supporter's, if the draft lets the bank have it. `held`: Stripe's names of the texts that it holds. */
export function textsForStripe(
  evidence: Evidence,
  { address, held }: { address: string | null; held: readonly string[] },
): TextsForStripe {
  const texts: TextsForStripe = { ...evidence.texts, ...(address ? { customer_email_address: address } : {}) };
  const names = [...EVIDENCE_NAMES, "customer_email_address" as const];
  const sent = names.filter((name) => Boolean(texts[name]) || held.includes(name));
  return Object.fromEntries(sent.map((name) => [name, texts[name] ?? ""]));
}
