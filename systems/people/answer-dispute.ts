// Answers a dispute for a colleague. The request and its audit log entry are stored before Stripe is called. If Stripe
// does not respond, the dispute's state is fetched later. The request is not sent again automatically.
import "server-only";
import type Stripe from "stripe";
import { recordFacts } from "../../domain/ledger/record";
import { upsertFollowUp } from "../../domain/ledger/store/follow-ups";
import { findMailAddress } from "../../domain/ledger/store/supporters";
import {
  type DisputeRequestFromColleague,
  type DisputeRequestFromColleagueOutcome,
  type DisputeResponseAction,
  finalRequestStatusOf,
  NEW_DISPUTE_REQUEST_ALLOWED_AFTER_MS,
  type StoreDisputeRequestResult,
  storeDisputeRequestFromColleague,
} from "../../domain/newsroom/evidence/ask";
import { toStripeEvidenceParams } from "../../domain/newsroom/evidence/drafts";
import type { DisputeEvidence } from "../../domain/newsroom/evidence/fields";
import { endRequestFromColleagueAwaitingStripe } from "../../domain/newsroom/people/requests-from-colleagues";
import { findPaymentById } from "../../domain/newsroom/people/store/requests-from-colleagues";
import type { StaffActKind } from "../../domain/newsroom/staff/acts";
import { recordActInAuditLog } from "../auth/staff";
import { currentTime } from "../clock";
import type { Db } from "../database";
import { identityCrypto } from "../identity";
import { buildRecordFactsOptions } from "../ledger-context";
import { isStripeRefusal, tryStripeCall } from "../stripe/ask";
import { stripe } from "../stripe/client";
import {
  acceptDispute,
  awaitsEvidence,
  listFilledEvidenceFields,
  stageEvidence,
  submitEvidence,
} from "../stripe/dispute";
import { disputeFacts } from "../stripe/facts/dispute";
import { refusalCodeOf } from "../stripe/refund";
import { runBackgroundJobsSoon } from "../wake-jobs";
import { waitForStripesAnswer } from "./await-answer";

const ACTS = {
  stage: "dispute-evidence-staged",
  submit: "dispute-evidence-submitted",
  accept: "dispute-accepted",
} as const satisfies Record<DisputeResponseAction, StaffActKind>;

type New = Extract<StoreDisputeRequestResult, { kind: "new" }>;
type Answer = { outcome: DisputeRequestFromColleagueOutcome; code: string | null };

/**
 * Stores and carries out the request. Returns once Stripe has responded or the time limit has passed. The outcome is in
 * the stored request.
 */
export async function storeAndCarryOutDisputeRequest(
  db: Db,
  sent: DisputeRequestFromColleague,
): Promise<StoreDisputeRequestResult> {
  const requested = await db.$transaction(async (tx) => {
    const result = await storeDisputeRequestFromColleague(tx, {
      ...sent,
      now: currentTime(),
      identity: identityCrypto(),
    });
    if (result.kind !== "new") return result;
    await recordActInAuditLog(tx, { ...actOf(sent, result), kind: ACTS[sent.verb] });
    // Makes a background job fetch the dispute from Stripe later, even if this process crashes.
    const after = new Date(currentTime().getTime() + NEW_DISPUTE_REQUEST_ALLOWED_AFTER_MS);
    await upsertFollowUp(tx, { key: `dispute:${sent.disputeId}`, after });
    return result;
  });
  if (requested.kind === "known") await waitForStripesAnswer(db, requested.request);
  if (requested.kind !== "new") return requested;
  const { outcome, code } = await ask(db, { sent, requested });
  await db.$transaction(async (tx) => {
    const ended = await endRequestFromColleagueAwaitingStripe(tx, {
      id: sent.id,
      now: currentTime(),
      ...finalRequestStatusOf(outcome, code),
    });
    if (!ended || outcome === "done") return;
    const { colleague, about } = actOf(sent, requested);
    const after = { dispute: sent.disputeId, wish: sent.verb, outcome, request: sent.id, ...(code ? { code } : {}) };
    await recordActInAuditLog(tx, { colleague, about, kind: "dispute-unchanged", after });
    await upsertFollowUp(tx, { key: `dispute:${sent.disputeId}`, after: currentTime() });
  });
  runBackgroundJobsSoon();
  return requested;
}

function actOf({ disputeId, id, colleague, why }: DisputeRequestFromColleague, { paymentId, status, draft }: New) {
  const after = { dispute: disputeId, request: id, why: why.why, ...(draft ? { version: draft.version } : {}) };
  const words = why.words ? { reason: why.words } : {};
  return { colleague, about: `payment:${paymentId}`, before: { status }, after, ...words };
}

type Asking = { sent: DisputeRequestFromColleague; requested: New };

async function ask(db: Db, asking: Asking): Promise<Answer> {
  let answer: Answer = { outcome: "unanswered", code: null };
  const carryOutAndNote = async () => {
    answer = await carryOut(db, asking).catch((error: unknown) => {
      if (!isStripeRefusal(error)) throw error;
      return { outcome: "refused" as const, code: refusalCodeOf(error) };
    });
  };
  await tryStripeCall(carryOutAndNote, { about: { dispute: asking.sent.disputeId } });
  return answer;
}

async function carryOut(db: Db, { sent: { disputeId, id, verb }, requested }: Asking): Promise<Answer> {
  const at = { id: disputeId, key: `staff:dispute:${id}` };
  const before = await stripe().disputes.retrieve(disputeId);
  // Changes nothing at Stripe if the dispute's status is no longer the one that the colleague saw. For example, an
  // inquiry may have become a dispute: accepting an inquiry costs nothing, but accepting a dispute costs the money.
  if (before.status !== requested.status) {
    await record(db, before);
    return { outcome: awaitsEvidence(before) ? "changed" : "over", code: null };
  }
  const evidence = verb === "accept" ? null : requested.draft?.evidence;
  const staged = evidence ? await stage(db, { at, evidence, paymentId: requested.paymentId, before }) : before;
  if (verb === "stage") return { outcome: staged.evidence_details.has_evidence ? "done" : "unchanged", code: null };
  const after = await (verb === "accept" ? acceptDispute(stripe(), at) : submitEvidence(stripe(), at));
  await record(db, after);
  return { outcome: awaitsEvidence(after) ? "unchanged" : "done", code: null };
}

type Staging = {
  at: { id: string; key: string };
  evidence: DisputeEvidence;
  paymentId: string;
  before: Stripe.Dispute;
};

/** Stores the draft at Stripe, and removes the evidence that Stripe holds but the draft does not contain. */
async function stage(db: Db, { at, evidence, paymentId, before }: Staging): Promise<Stripe.Dispute> {
  const email = evidence.withAddress ? await openEmail(db, paymentId) : null;
  return stageEvidence(stripe(), {
    ...at,
    evidence: toStripeEvidenceParams(evidence, { address: email, fieldsAtStripe: listFilledEvidenceFields(before) }),
  });
}

/**
 * Returns the supporter's e-mail address for the bank; no colleague sees it. Null if the supporter is unknown or
 * erased.
 */
async function openEmail(db: Db, paymentId: string): Promise<string | null> {
  const payment = await findPaymentById(db, paymentId);
  const to = payment?.supporterId ? await findMailAddress(db, payment.supporterId) : null;
  return to ? identityCrypto().open(to.emailSealed) : null;
}

function record(db: Db, dispute: Parameters<typeof disputeFacts>[0]): Promise<void> {
  return recordFacts(db, { ...buildRecordFactsOptions(currentTime()), facts: disputeFacts(dispute) });
}
