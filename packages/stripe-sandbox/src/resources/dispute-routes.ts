import type Stripe from "stripe";
import type { Account } from "../account";
import { secondsInDays } from "../bank-days";
import { invalidRequest } from "../http/errors";
import { METADATA_PARAM, mergeMetadata } from "../http/metadata";
import type { ParsedParams } from "../http/params";
import { boolean, oneOf, text } from "../http/params";
import { listRoute, type Route, requireObject, retrieveRoute, route } from "../http/route";
import {
  checkEvidenceFiles,
  countEvidenceCharacters,
  EVIDENCE_PARAM,
  hasEvidence,
  MAX_COMBINED_EVIDENCE_CHARACTERS,
  verdictOfTestEvidence,
  withEvidence,
} from "./dispute-evidence";
import { closeDispute } from "./disputes";
import { previousAttributes } from "./previous-attributes";

const CHANGES = {
  evidence: EVIDENCE_PARAM,
  metadata: METADATA_PARAM,
  submit: boolean(),
  intended_submission_method: oneOf("manual", "prefer_manual", "prefer_smart_disputes", "smart_disputes"),
};

function update(account: Account, params: ParsedParams<typeof CHANGES>, id: string): Stripe.Dispute {
  const before = requireObject(account, "dispute", { id, noun: "dispute" });
  if (params.evidence && !before.status.endsWith("needs_response"))
    throw invalidRequest(`This dispute's evidence cannot be changed: its status is ${before.status}.`, {
      param: "evidence",
    });
  const evidence = withEvidence(before.evidence, params.evidence);
  if (countEvidenceCharacters(evidence) > MAX_COMBINED_EVIDENCE_CHARACTERS)
    throw invalidRequest(
      `The combined character count of evidence is limited to ${MAX_COMBINED_EVIDENCE_CHARACTERS}.`,
      {
        param: "evidence",
      },
    );
  checkEvidenceFiles(account, params.evidence, evidence);
  const wasGiven = before.evidence_details.has_evidence || Boolean(params.evidence);
  const changed: Stripe.Dispute = {
    ...before,
    evidence,
    evidence_details: { ...before.evidence_details, has_evidence: wasGiven && hasEvidence(evidence) },
    intended_submission_method: params.intended_submission_method ?? before.intended_submission_method,
    metadata: mergeMetadata(before.metadata, params.metadata),
  };
  const isSubmitted = params.submit ?? Boolean(params.evidence);
  if (isSubmitted && !before.status.endsWith("needs_response"))
    throw invalidRequest(`Evidence cannot be submitted: the dispute has a status of ${before.status}.`, {
      param: "submit",
    });
  const after = isSubmitted ? submit(account, changed) : changed;
  account.put(after);
  account.emit("charge.dispute.updated", after, previousAttributes(before, after));
  return after;
}

/**
 * The number of days from the submission of evidence until the stand-in's bank decides against the merchant. Real banks
 * take 60 to 75 days. If the evidence contains a special test text, the bank decides at once, as the text says
 * (dispute-evidence.ts).
 */
const BANK_DECIDES_AFTER_DAYS = 60;

function submit(account: Account, dispute: Stripe.Dispute): Stripe.Dispute {
  const { evidence_details: details, status } = dispute;
  const submission_count = details.submission_count + 1;
  const submitted: Stripe.Dispute = {
    ...dispute,
    evidence_details: { ...details, submission_count, submission_method: "manual" },
    status: status.startsWith("warning_") ? "warning_under_review" : "under_review",
  };
  const verdict = verdictOfTestEvidence(dispute.evidence);
  const decidedAt = account.now() + secondsInDays(BANK_DECIDES_AFTER_DAYS);
  account.putWithInternalState<"dispute">(
    submitted,
    verdict ? { dueAt: account.now(), verdict } : { dueAt: decidedAt, verdict: "lost" },
  );
  account.scheduleDueObjectHandling();
  return submitted;
}

export const disputeRoutes: Route[] = [
  route("POST /v1/disputes/:id", CHANGES, update),
  route("POST /v1/disputes/:id/close", {}, (account, _, id) => {
    requireObject(account, "dispute", { id, noun: "dispute" });
    return closeDispute(account, id, "lost");
  }),
  retrieveRoute("dispute", "/v1/disputes", "dispute"),
  listRoute("dispute", "/v1/disputes", {
    shape: { charge: text(), payment_intent: text() },
    where: (params) => ({
      source: params.charge,
      payment_intent: params.payment_intent,
    }),
  }),
];
