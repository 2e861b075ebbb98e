// Starts a subscription from the Checkout page. Its first invoice is already paid, has nothing due, or waits for the payer's
// bank; the subscription is active at once in all three cases.
import type Stripe from "stripe";
import type { Account } from "../account";
import { withoutEmpty } from "../http/metadata";
import { clockOf } from "../objects";
import { createInvoiceItem } from "../resources/invoice-items";
import { productName } from "../resources/invoice-lines";
import { finalizeInvoice, markInvoicePaid, tie } from "../resources/invoice-steps";
import { firstPaymentOf, unitAmountOf } from "../resources/session-lines";
import type { Create } from "../resources/session-params";
import { billingMode, createSubscription, trialSettings } from "../resources/subscription-object";
import { firstInvoice } from "./begin-subscription";

export type Begun = {
  customer: string;
  /** Null if the page asked for none. */
  method: string | null;
  /** Null if nothing is due today. */
  intent: Stripe.PaymentIntent | null;
  isPaid: boolean;
};

type Made = Pick<Stripe.Checkout.Session, "subscription" | "invoice">;

export function beginByCheckout(input: Account, session: Stripe.Checkout.Session, begun: Begun): Made {
  const customer = input.get("customer", begun.customer);
  const account = input.onClock(clockOf(customer));
  const { asked: requested, lineItems } = account.internalState<"checkout.session">(session.id);
  const data = requested.subscription_data;
  const anchor = data?.billing_cycle_anchor ?? null;
  const created = createSubscription(account, {
    customer,
    method: begun.method,
    prices: lineItems.flatMap(({ price, quantity, metadata }) =>
      price?.recurring ? [{ price, quantity: quantity ?? 1, metadata: metadata ?? {} }] : [],
    ),
    metadata: withoutEmpty(data?.metadata),
    description: data?.description ?? null,
    trialEnd: anchor === null ? firstPaymentOf(account, requested) : null,
    anchor,
    more: moreOf(data),
  });
  for (const line of lineItems) if (!line.price?.recurring) billOnce(account, created, line);
  const invoice = concludeInvoice(account, firstInvoice(account, created, { prorates: false }), begun);
  const subscription: Stripe.Subscription = { ...created, latest_invoice: invoice.id };
  account.put(subscription);
  account.emit("customer.subscription.created", subscription);
  return { subscription: subscription.id, invoice: invoice.id };
}

function moreOf(data: Create["subscription_data"]): Partial<Stripe.Subscription> {
  const end = data?.trial_settings?.end_behavior;
  return { billing_mode: billingMode(data?.billing_mode), ...(end ? { trial_settings: trialSettings(end) } : {}) };
}

/** Adds a one-time line as an invoice item, which the first invoice then takes. */
function billOnce(account: Account, { id, customer }: Stripe.Subscription, line: Stripe.LineItem): void {
  const { price, quantity, metadata } = line;
  if (!price) return;
  const quantityBilled = quantity ?? 1;
  createInvoiceItem(account, {
    customer: String(customer),
    amount: unitAmountOf(price) * quantityBilled,
    currency: price.currency,
    description: productName(account, price),
    metadata: metadata ?? {},
    price,
    quantity: quantityBilled,
    subscription: { id },
  });
}

function concludeInvoice(account: Account, draft: Stripe.Invoice, { intent, isPaid }: Begun): Stripe.Invoice {
  const open = finalizeInvoice(account, draft);
  if (!intent) return markInvoicePaid(account, open, { intent, byCheckout: true });
  const tried = { ...open, attempted: true, attempt_count: 1 };
  if (!isPaid) {
    account.put(tried);
    tie(account, tried, intent);
    return tried;
  }
  account.putWithInternalState<"payment_intent">(intent, { invoice: draft.id });
  return markInvoicePaid(account, tried, { intent, byCheckout: true });
}
