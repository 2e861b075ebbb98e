// Translates charges. A recurring gift's charge has no metadata of this site, so the facts about its payment come from
// the invoice.
import "server-only";
import type Stripe from "stripe";
import type { Fact, PaymentStatus } from "../../../domain/ledger/fact";
import { currencyFromStripe, isStripeCurrency, type Money } from "../../../domain/money";
import { requireReadableObject } from "../border/require-readable";
import { parseGiftMetadataOfThisSite } from "../metadata";
import { balanceTransactionFacts, isExpanded } from "./balance";
import { dateFromUnix, idOf } from "./ids";

const STATUS: Record<string, PaymentStatus> = { succeeded: "succeeded", pending: "pending" };

/**
 * Returns the facts that a charge reports. `reportedAt`: when Stripe reported the charge. Throws if the charge belongs
 * to this site and has an invalid field or an unknown currency.
 */
export function chargeFacts(charge: Stripe.Charge, reportedAt: Date): Fact[] {
  const paymentIntentId = idOf(charge.payment_intent);
  if (!paymentIntentId) return [];
  return [...ownCharge(charge, { paymentIntentId, reportedAt }), ...movedBy(charge, paymentIntentId)];
}

function ownCharge(
  charge: Stripe.Charge,
  { paymentIntentId, reportedAt }: { paymentIntentId: string; reportedAt: Date },
): Fact[] {
  const origin = parseGiftMetadataOfThisSite(charge.metadata);
  if (!origin) return chargeOfInvoice(charge, paymentIntentId);
  requireReadableObject("charge", charge);
  const money = chargeMoney(charge);
  const at = dateFromUnix(charge.created);
  const { giftId } = origin;
  if (charge.status === "failed")
    return [
      {
        kind: "attempt-failed",
        key: charge.id,
        giftId,
        subscriptionId: null,
        money,
        code: charge.failure_code,
        failedAt: at,
        renewal: null,
      },
    ];
  const status = STATUS[charge.status];
  if (!status) return [];
  const arrived = status === "succeeded" ? { chargeId: charge.id } : null;
  return [
    {
      kind: "single-payment",
      paymentIntentId,
      status,
      money,
      paidAt: at,
      reportedAt,
      charge: arrived,
      email: null,
      origin,
    },
  ];
}

/**
 * Returns the facts of a charge that lacks this site's metadata, but can belong to an invoice of this site. Returns
 * `payment-charged` only if the charge's balance transaction is expanded. It is never expanded in an event.
 */
function chargeOfInvoice(charge: Stripe.Charge, paymentIntentId: string): Fact[] {
  const hasArrived = charge.status === "succeeded" && isExpanded(charge.balance_transaction);
  if (isUnpaidDebitWithoutOurMetadata(charge) && !isExpanded(charge.balance_transaction))
    return [{ kind: "debit-reported", paymentIntentId }];
  const currency = charge.currency.toUpperCase();
  if (!hasArrived || !isStripeCurrency(currency)) return [];
  requireReadableObject("unmarked charge", charge);
  const money = { amountMinor: charge.amount, currency };
  return [{ kind: "payment-charged", paymentIntentId, chargeId: charge.id, money }];
}

/**
 * Returns true for a customer's unpaid bank debit whose charge lacks this site's metadata. The debit can still belong
 * to the invoice of a gift. Returns false for a declined card, because a declined card moves no money.
 */
export function isUnpaidDebitWithoutOurMetadata({
  status,
  customer,
  metadata,
  balance_transaction: moved,
}: Stripe.Charge): boolean {
  if (!customer || parseGiftMetadataOfThisSite(metadata)) return false;
  return status === "pending" || (status === "failed" && moved !== null);
}

/**
 * Returns the facts about the charge's balance transactions. A bank debit adds its amount to the balance when it
 * begins. If it bounces, a second balance transaction takes the amount back.
 */
function movedBy(charge: Stripe.Charge, paymentIntentId: string): Fact[] {
  const { balance_transaction: came, failure_balance_transaction: back } = charge;
  const about = { paymentIntentId, sourceId: charge.id, amount: charge };
  return [
    ...(isExpanded(came) ? balanceTransactionFacts(came, { ...about, entryKind: "payment" }) : []),
    ...(isExpanded(back) ? balanceTransactionFacts(back, { ...about, entryKind: "payment-returned" }) : []),
  ];
}

function chargeMoney({ amount, currency }: Stripe.Charge): Money {
  return { amountMinor: amount, currency: currencyFromStripe(currency) };
}
