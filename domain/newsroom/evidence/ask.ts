// Stores a colleague's request about a dispute, before the site calls Stripe. A form that is sent twice is recognised
// by its id, and causes only one request. A dispute can have only one open request.
import type { StaffRequest } from "../../../generated/sqlite/client";
import type { Db, Tx } from "../../database";
import type { IdentityCrypto } from "../../identity";
import { isFollowUpQueued } from "../../ledger/store/follow-ups";
import type { DisputeResponseReason, StaffReason } from "../people/reasons";
import {
  endRequestFromColleagueAwaitingStripe,
  type RequestFromColleagueStatus,
} from "../people/requests-from-colleagues";
import {
  findOpenRequestFromColleague,
  findRequestFromColleague,
  insertRequestFromColleague,
} from "../people/store/requests-from-colleagues";
import type { Colleague } from "../staff/colleagues";
import { disputePhaseOf } from "./dispute-case";
import { type EvidenceDraft, findSharedEvidenceDraft } from "./drafts";
import { isEvidenceEmpty } from "./fields";
import { findDisputeRow } from "./store/case";

/** `stage`: stores the evidence at Stripe. `submit`: sends the evidence to the bank. `accept`: gives up the money. */
export const DISPUTE_RESPONSE_ACTIONS = ["stage", "submit", "accept"] as const;
export type DisputeResponseAction = (typeof DISPUTE_RESPONSE_ACTIONS)[number];

/**
 * `over`: the dispute no longer needs evidence. `stale`: the draft or the dispute changed since the form was rendered.
 * `empty`: the draft has no evidence. `under-way`: another request is open, or the site still has to remove evidence
 * after an erasure.
 */
export const DISPUTE_REQUEST_REFUSAL_REASONS = ["over", "stale", "empty", "under-way"] as const;
export type DisputeRequestFromColleagueRefusalReason = (typeof DISPUTE_REQUEST_REFUSAL_REASONS)[number];

export type StoreDisputeRequestResult =
  | { kind: "new"; request: StaffRequest; paymentId: string; status: string; draft: EvidenceDraft | null }
  /** The same form was sent before; `request` is the request that it caused. */
  | { kind: "known"; request: StaffRequest }
  | { kind: "refused"; reason: DisputeRequestFromColleagueRefusalReason };

export type DisputeRequestFromColleague = {
  /** The random number in the form, which identifies the request. */
  id: string;
  disputeId: string;
  verb: DisputeResponseAction;
  /** The fingerprint of the dispute's state when the form was rendered, from disputeStateFingerprint(). */
  shownFingerprint: string;
  colleague: Colleague;
  why: StaffReason<DisputeResponseReason>;
};

/**
 * If Stripe has not answered a colleague's request about a dispute after this time, colleagues can make a new request.
 */
export const NEW_DISPUTE_REQUEST_ALLOWED_AFTER_MS = 60_000;

export async function isDisputeResponseToStripeUnderWay(db: Db | Tx, disputeId: string, now: Date): Promise<boolean> {
  const open = await findOpenRequestFromColleague(db, `dispute:${disputeId}`);
  return open !== null && open.askedAt.getTime() > now.getTime() - NEW_DISPUTE_REQUEST_ALLOWED_AFTER_MS;
}

/**
 * Returns a text that changes with the dispute's status and with the version of its draft. If it has changed since a
 * form was rendered, storeDisputeRequestFromColleague() refuses that form.
 */
export function disputeStateFingerprint({ status }: { status: string }, draft: EvidenceDraft | null): string {
  return `${status}|${draft?.version ?? 0}`;
}

export async function storeDisputeRequestFromColleague(
  tx: Tx,
  {
    id,
    disputeId,
    verb,
    shownFingerprint,
    colleague,
    why,
    now,
    identity,
  }: DisputeRequestFromColleague & { now: Date; identity: IdentityCrypto },
): Promise<StoreDisputeRequestResult> {
  const earlier = await findRequestFromColleague(tx, id);
  if (earlier) return { kind: "known", request: earlier };
  const dispute = await findDisputeRow(tx, disputeId);
  const draft = await findSharedEvidenceDraft(tx, disputeId, identity);
  const refuse = (reason: DisputeRequestFromColleagueRefusalReason) => ({ kind: "refused", reason }) as const;
  if (!dispute?.paymentId || disputePhaseOf(dispute) !== "asked") return refuse("over");
  if (shownFingerprint !== disputeStateFingerprint(dispute, draft)) return refuse("stale");
  if (verb !== "accept" && (!draft?.evidence || isEvidenceEmpty(draft.evidence))) return refuse("empty");
  const about = `dispute:${disputeId}`;
  if (await isDisputeResponseToStripeUnderWay(tx, disputeId, now)) return refuse("under-way");
  // Refuses to send evidence while the site still has to remove old evidence from Stripe after an erasure. The removal
  // could also delete the new evidence.
  if (verb !== "accept" && (await isFollowUpQueued(tx, `erase-evidence:${disputeId}`))) return refuse("under-way");
  const open = await findOpenRequestFromColleague(tx, about);
  if (open) await endRequestFromColleagueAwaitingStripe(tx, { id: open.id, status: "unanswered", now });
  const row = {
    id,
    kind: `dispute-${verb}`,
    about,
    openAbout: about,
    why: why.why,
    words: why.words,
    askedBy: colleague.id,
    askedAt: now,
  };
  const request = await insertRequestFromColleague(tx, { ...row, status: "asking" });
  return { kind: "new", request, paymentId: dispute.paymentId, status: dispute.status, draft };
}

/**
 * Why a colleague's request about a dispute was not done. `over`: the dispute no longer needed evidence. `changed`: the
 * dispute's status at Stripe had changed, so the site did nothing. `unchanged`: Stripe accepted the site's call, but
 * did not change the dispute.
 */
export const UNDONE_DISPUTE_REQUEST_OUTCOMES = ["refused", "unanswered", "over", "changed", "unchanged"] as const;
export type UndoneDisputeRequestOutcome = (typeof UNDONE_DISPUTE_REQUEST_OUTCOMES)[number];
export type DisputeRequestFromColleagueOutcome = "done" | UndoneDisputeRequestOutcome;

export function finalRequestStatusOf(
  outcome: DisputeRequestFromColleagueOutcome,
  code: string | null,
): { status: RequestFromColleagueStatus; code: string | null } {
  if (outcome === "done" || outcome === "unanswered") return { status: outcome, code: null };
  return { status: "refused", code: code ?? outcome };
}
