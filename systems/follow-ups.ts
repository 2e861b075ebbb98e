import "server-only";
import type { ErasureFollowUpKind } from "../domain/ledger/follow-ups";
import { recordFollowUpAnswers } from "../domain/ledger/record";
import { findSupporterErasureTimeByStripeObject } from "../domain/ledger/store/erasures";
import { isDisputeResponseToStripeUnderWay } from "../domain/newsroom/evidence/ask";
import { currentTime } from "./clock";
import type { Db } from "./database";
import { withGroupCommit } from "./fast-path/group-commit";
import { buildRecordFactsOptions } from "./ledger-context";
import { stripe } from "./stripe/client";
import {
  endSubscriptionAndMarkErased,
  eraseCustomer,
  eraseEvidence,
  markIntentErased,
  writePaymentIntentAndChargeMetadata,
} from "./stripe/erase";
import {
  askAboutBankDebit,
  askAboutDispute,
  askAboutPayment,
  askAboutRefund,
  askWhyInvoicePaymentFailed,
  type StripeFollowUpAnswer,
} from "./stripe/follow-up";
import { addressChangedMetadata } from "./stripe/metadata";
import { askAboutPayoutEntries } from "./stripe/payout-entries";
import { runBackgroundJobsSoon } from "./wake-jobs";

/**
 * Records Stripe's answers. While one transaction records answers, further answers wait. The next transaction then
 * records all of these together.
 */
const recordInGroup = withGroupCommit(recordFollowUpAnswers);

type FollowUp = { key: string; after: Date };

/**
 * Asks Stripe a question and records the answer. `askAgainAt`: when to ask again after an incomplete answer. Throws if
 * Stripe is unreachable; the question then stays due.
 */
export async function carryOutFollowUpAndRecordAnswer(
  db: Db,
  { key, after, askAgainAt }: FollowUp & { askAgainAt: Date },
): Promise<void> {
  const { facts, isComplete } = await ask(db, key);
  const question = { key, after };
  await recordInGroup(db, {
    ...buildRecordFactsOptions(currentTime()),
    facts,
    question,
    askAgainAt: isComplete ? null : askAgainAt,
  });
  // Asks for the next page of a payout's list at once. Otherwise each page would wait for the next round of the
  // background jobs (jobs.ts).
  if (facts.some((fact) => fact.kind === "payout-listed" && fact.next)) runBackgroundJobsSoon();
}

async function ask(db: Db, key: string): Promise<StripeFollowUpAnswer> {
  const [about, id = "", ...rest] = key.split(":");
  if (isErasureAt(about)) return eraseAtStripe(db, { at: about, id });
  if (about === "readdress-intent") return readdressAtStripe(db, id);
  if (about === "refund") return askAboutRefund(stripe(), id);
  if (about === "dispute") return askAboutDispute(stripe(), id);
  if (about === "debit") return askAboutBankDebit(stripe(), { paymentIntentId: id, now: currentTime() });
  if (about === "payout") return askAboutPayoutEntries(stripe(), { payoutId: id, after: rest[0] ?? null });
  if (about === "attempt") {
    const attempt = await db.failedAttempt.findUniqueOrThrow({ where: { key: [id, ...rest].join(":") } });
    return askWhyInvoicePaymentFailed(stripe(), { ...attempt, invoiceId: id });
  }
  const payment = await db.payment.findUniqueOrThrow({ where: { id } });
  return askAboutPayment(stripe(), payment);
}

async function readdressAtStripe(db: Db, id: string): Promise<StripeFollowUpAnswer> {
  const payment = await db.payment.findUnique({ where: { paymentIntentId: id }, select: { readdressedAt: true } });
  if (payment?.readdressedAt)
    await writePaymentIntentAndChargeMetadata(stripe(), {
      id,
      metadata: addressChangedMetadata(payment.readdressedAt),
    });
  return { facts: [], isComplete: true };
}

const ERASES = {
  "erase-intent": markIntentErased,
  "erase-subscription": endSubscriptionAndMarkErased,
  "erase-customer": eraseCustomer,
  "erase-evidence": eraseEvidence,
};

function isErasureAt(about: string | undefined): about is ErasureFollowUpKind {
  return about !== undefined && about in ERASES;
}

async function eraseAtStripe(
  db: Db,
  { at, id }: { at: ErasureFollowUpKind; id: string },
): Promise<StripeFollowUpAnswer> {
  // Waits while a colleague answers the dispute with two calls to Stripe: between these calls the evidence must not
  // disappear.
  if (at === "erase-evidence" && (await isDisputeResponseToStripeUnderWay(db, id, currentTime())))
    return { facts: [], isComplete: false };
  const erasedAt = (await findSupporterErasureTimeByStripeObject(db, { at, id })) ?? currentTime();
  const facts = (await ERASES[at](stripe(), { id, erasedAt })) ?? [];
  return { facts, isComplete: true };
}
