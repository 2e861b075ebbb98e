// Translates Checkout sessions into facts. The ledger's totals do not count the amount of a session: they count the
// amount of its charge.
import "server-only";
import type Stripe from "stripe";
import type { Fact, PaymentStatus } from "../../../domain/ledger/fact";
import { currencyFromStripe } from "../../../domain/money";
import { requireReadableObject } from "../border/require-readable";
import { parseGiftMetadataOfThisSite } from "../metadata";
import { idOf } from "./ids";

export function completedSessionFacts(session: Stripe.Checkout.Session, reportedAt: Date): Fact[] {
  const status = session.payment_status === "unpaid" ? "pending" : "succeeded";
  return [...checkoutClosedFacts(session, "completed", reportedAt), ...sessionPayment(session, { reportedAt, status })];
}

export function failedSessionFacts(session: Stripe.Checkout.Session, reportedAt: Date): Fact[] {
  return sessionPayment(session, { reportedAt, status: "failed" });
}

export function checkoutClosedFacts(
  session: Stripe.Checkout.Session,
  outcome: "completed" | "expired",
  closedAt: Date,
): Fact[] {
  const origin = parseGiftMetadataOfThisSite(session.metadata);
  if (!origin) return [];
  requireReadableObject("checkout session", session);
  const subscriptionId = idOf(session.subscription);
  const recurring = subscriptionId
    ? { subscriptionId, customerId: idOf(session.customer), money: sessionMoney(session) }
    : null;
  const email = session.customer_details?.email ?? null;
  return [{ kind: "checkout-closed", sessionId: session.id, outcome, closedAt, email, recurring, origin }];
}

/** Returns the payment of a single gift. A recurring gift's payments come from its invoices. */
function sessionPayment(
  session: Stripe.Checkout.Session,
  { reportedAt, status }: { reportedAt: Date; status: PaymentStatus },
): Fact[] {
  const origin = parseGiftMetadataOfThisSite(session.metadata);
  const paymentIntentId = idOf(session.payment_intent);
  if (!origin || !paymentIntentId || session.mode !== "payment") return [];
  requireReadableObject("checkout session", session);
  const email = session.customer_details?.email ?? null;
  const common = { paidAt: reportedAt, reportedAt, charge: null, email, origin };
  return [{ kind: "single-payment", paymentIntentId, status, money: sessionMoney(session), ...common }];
}

function sessionMoney(session: Stripe.Checkout.Session) {
  if (session.amount_total === null || !session.currency) throw new Error(`session ${session.id} has no amount`);
  return { amountMinor: session.amount_total, currency: currencyFromStripe(session.currency) };
}
