// Creates the subscription of a Checkout session. It is never `incomplete`: its first invoice is paid, has nothing due,
// or waits for a bank debit.
import type Stripe from "stripe";
import type { Account } from "../account";
import { withoutEmptyValues } from "../http/metadata";
import { testClockIdOf } from "../objects";
import { createInvoiceItem } from "../resources/invoice-items";
import { productName } from "../resources/invoice-lines";
import { finalizeInvoice, linkPaymentIntentToInvoice, markInvoicePaid } from "../resources/invoice-steps";
import { firstChargeDeferredUntil, unitAmountOrCustomAmountPreset } from "../resources/session-lines";
import type { CheckoutSessionParams } from "../resources/session-params";
import { billingMode, createSubscription, trialSettings } from "../resources/subscription-object";
import { draftFirstInvoice } from "./start-subscription";

export type FirstCheckoutPayment = {
  customer: string;
  /** Null if the page did not ask for a payment method. */
  method: string | null;
  /** Null if nothing is due today. */
  intent: Stripe.PaymentIntent | null;
  isPaid: boolean;
};

type CreatedIds = Pick<Stripe.Checkout.Session, "subscription" | "invoice">;

export function startSubscriptionByCheckout(
  accountOnOwnClock: Account,
  session: Stripe.Checkout.Session,
  firstPayment: FirstCheckoutPayment,
): CreatedIds {
  const customer = accountOnOwnClock.get("customer", firstPayment.customer);
  const account = accountOnOwnClock.onClock(testClockIdOf(customer));
  const { requested, lineItems } = account.internalState<"checkout.session">(session.id);
  const data = requested.subscription_data;
  const anchor = data?.billing_cycle_anchor ?? null;
  const created = createSubscription(account, {
    customer,
    method: firstPayment.method,
    items: lineItems.flatMap(({ price, quantity, metadata }) =>
      price?.recurring ? [{ price, quantity: quantity ?? 1, metadata: metadata ?? {} }] : [],
    ),
    metadata: withoutEmptyValues(data?.metadata),
    description: data?.description ?? null,
    trialEnd: anchor === null ? firstChargeDeferredUntil(account, requested) : null,
    anchor,
    more: moreOf(data),
  });
  for (const line of lineItems) if (!line.price?.recurring) billOnce(account, created, line);
  const invoice = concludeInvoice(account, draftFirstInvoice(account, created, { prorates: false }), firstPayment);
  const subscription: Stripe.Subscription = { ...created, latest_invoice: invoice.id };
  account.put(subscription);
  account.emit("customer.subscription.created", subscription);
  return { subscription: subscription.id, invoice: invoice.id };
}

function moreOf(data: CheckoutSessionParams["subscription_data"]): Partial<Stripe.Subscription> {
  const end = data?.trial_settings?.end_behavior;
  return { billing_mode: billingMode(data?.billing_mode), ...(end ? { trial_settings: trialSettings(end) } : {}) };
}

function billOnce(account: Account, { id, customer }: Stripe.Subscription, line: Stripe.LineItem): void {
  const { price, quantity, metadata } = line;
  if (!price) return;
  const quantityBilled = quantity ?? 1;
  createInvoiceItem(account, {
    customer: String(customer),
    amount: unitAmountOrCustomAmountPreset(price) * quantityBilled,
    currency: price.currency,
    description: productName(account, price),
    metadata: metadata ?? {},
    price,
    quantity: quantityBilled,
    subscription: { id },
  });
}

function concludeInvoice(
  account: Account,
  draft: Stripe.Invoice,
  { intent, isPaid }: FirstCheckoutPayment,
): Stripe.Invoice {
  const open = finalizeInvoice(account, draft);
  if (!intent) return markInvoicePaid(account, open, { intent, byCheckout: true });
  const tried = { ...open, attempted: true, attempt_count: 1 };
  if (!isPaid) {
    account.put(tried);
    linkPaymentIntentToInvoice(account, tried, intent);
    return tried;
  }
  account.putWithInternalState<"payment_intent">(intent, { invoice: draft.id });
  return markInvoicePaid(account, tried, { intent, byCheckout: true });
}
