// Translates Stripe's events into facts. An unknown event gives no facts.
import "server-only";
import type Stripe from "stripe";
import type { Fact } from "../../domain/ledger/fact";
import { UnrecordableError } from "../../domain/ledger/unrecordable";
import { requireReadableObject } from "./border/require-readable";
import { chargeFacts } from "./facts/charge";
import { disputeFacts } from "./facts/dispute";
import { dateFromUnix, idOf } from "./facts/ids";
import {
  actionRequiredInvoiceFacts,
  failedInvoiceFacts,
  paidInvoiceFacts,
  paidInvoicePaymentFacts,
  upcomingInvoiceFacts,
} from "./facts/invoice";
import { payoutFacts } from "./facts/payout";
import { changeAuthorOf, listRecurringGiftChanges } from "./facts/recurring-notes";
import { refundFacts } from "./facts/refund";
import { checkoutClosedFacts, completedSessionFacts, failedSessionFacts } from "./facts/session";
import { recurringStateOf } from "./subscription";

/**
 * The first API version that has the fields that this site reads. Earlier versions have an invoice's subscription in
 * another field.
 */
const MIN_API_VERSION = "2025-03-31";

/**
 * Returns the facts of an event; none for an event of a connected account. Throws UnrecordableError if the event cannot
 * be translated, for example because a field is missing or invalid.
 */
export function translateEvent(event: Stripe.Event): Fact[] {
  if (event.account) return [];
  try {
    return factsOf(event);
  } catch (error) {
    if (isOldVersion(event))
      throw new UnrecordableError({ why: "api-version", version: event.api_version }, { cause: error });
    throw error instanceof UnrecordableError ? error : new UnrecordableError({ why: "unknown" }, { cause: error });
  }
}

function isOldVersion(event: Stripe.Event): event is Stripe.Event & { api_version: string } {
  return typeof event.api_version === "string" && event.api_version < MIN_API_VERSION;
}

/** Translates the event. The webhook endpoint must subscribe to all types of events below (docs/going-live.md). */
function factsOf(event: Stripe.Event): Fact[] {
  requireReadableObject("event", event);
  const reportedAt = dateFromUnix(event.created);
  switch (event.type) {
    case "checkout.session.completed":
    case "checkout.session.async_payment_succeeded":
      return completedSessionFacts(event.data.object, reportedAt);
    case "checkout.session.async_payment_failed":
      return failedSessionFacts(event.data.object, reportedAt);
    case "checkout.session.expired":
      return checkoutClosedFacts(event.data.object, "expired", reportedAt);
    case "charge.pending":
    case "charge.succeeded":
    case "charge.failed":
    case "charge.updated":
      return chargeFacts(event.data.object, reportedAt);
    case "refund.created":
    case "refund.updated":
    case "refund.failed":
      return refundFacts(event.data.object);
    case "charge.dispute.created":
    case "charge.dispute.updated":
    case "charge.dispute.closed":
    case "charge.dispute.funds_withdrawn":
    case "charge.dispute.funds_reinstated":
      return disputeFacts(event.data.object);
    case "invoice.paid":
      return paidInvoiceFacts(event.data.object);
    case "invoice.payment_failed":
      return failedInvoiceFacts(event.data.object, reportedAt);
    case "invoice.payment_action_required":
      return actionRequiredInvoiceFacts(event.data.object, reportedAt);
    case "invoice.upcoming":
      return upcomingInvoiceFacts(event.data.object);
    case "invoice_payment.paid":
      return paidInvoicePaymentFacts(event.data.object);
    case "customer.subscription.created":
    case "customer.subscription.updated":
    case "customer.subscription.paused":
    case "customer.subscription.resumed":
    case "customer.subscription.deleted":
      return subscriptionFacts(event.data.object, {
        before: event.data.previous_attributes,
        reportedAt,
        by: changeAuthorOf(event.request),
      });
    case "customer.updated":
      return correctedCustomer(event.data.object, event.data.previous_attributes);
    case "payment_method.automatically_updated":
      return replacedCard(event.data.object);
    case "customer.deleted":
      return [{ kind: "customer-deleted", customerId: event.data.object.id }];
    case "payout.created":
    case "payout.updated":
    case "payout.paid":
    case "payout.canceled":
    case "payout.failed":
    case "payout.reconciliation_completed":
      return payoutFacts(event.data.object);
    default:
      return [];
  }
}

/**
 * Returns a fact if the customer's e-mail address or card changed. Stripe sends customer.updated for many other
 * reasons.
 */
function correctedCustomer({ id }: Stripe.Customer, before: Partial<Stripe.Customer> | undefined): Fact[] {
  const matters = before && ("email" in before || "invoice_settings" in before);
  return matters ? [{ kind: "customer-corrected", customerId: id }] : [];
}

/**
 * Returns the fact that a card was replaced. The site then fetches the customer's gifts again, to learn the new card's
 * expiry date.
 */
function replacedCard({ customer }: Stripe.PaymentMethod): Fact[] {
  const customerId = idOf(customer);
  return customerId ? [{ kind: "card-replaced", customerId }] : [];
}

function subscriptionFacts(
  subscription: Stripe.Subscription,
  source: Parameters<typeof listRecurringGiftChanges>[1],
): Fact[] {
  const state = recurringStateOf(subscription);
  return state
    ? [{ kind: "recurring-gift-changed", state, notes: listRecurringGiftChanges(subscription, source) }]
    : [];
}
