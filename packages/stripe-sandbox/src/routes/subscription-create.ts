import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest } from "../http/errors";
import { withoutEmptyValues } from "../http/metadata";
import type { ParsedParams } from "../http/params";
import { requireObject } from "../http/route";
import { startSubscriptionByApi } from "../payment-flows/start-subscription";
import { accountOnTestClock } from "../resources/account-at-test-clock";
import { withCancellationParams } from "../resources/subscription-cancel";
import { findOrCreateRecurringPrice } from "../resources/subscription-item-changes";
import {
  billingMode,
  createSubscription,
  type NewSubscriptionItem,
  trialSettings,
} from "../resources/subscription-object";
import { refuseUnsupportedSubscriptionParams, type SUBSCRIPTION_CREATE_PARAMS } from "../resources/subscription-params";
import { refuseInvalidTrialEnd, requireValidBillingCycleAnchor } from "../resources/subscription-periods";

type Create = ParsedParams<typeof SUBSCRIPTION_CREATE_PARAMS>;
const DAY = 86_400;

export function createSubscriptionByApi(caller: Account, params: Create): Stripe.Subscription {
  refuseUnsupportedSubscriptionParams(params);
  const customer = requireObject(caller, "customer", { id: params.customer, noun: "customer", param: "customer" });
  const account = accountOnTestClock(caller, customer);
  const prices = itemsOf(account, params);
  const method = methodOf(account, customer, params);
  const trialEnd = trialEndOf(account, params);
  const anchor = anchorOf(account, params, prices);
  const status = params.collection_method === "send_invoice" ? ("active" as const) : ("incomplete" as const);
  const created = createSubscription(account, {
    customer,
    method: params.default_payment_method ?? null,
    items: prices,
    metadata: withoutEmptyValues(params.metadata),
    description: params.description ?? null,
    trialEnd,
    anchor,
    status,
    more: moreOf(params),
  });
  const subscription = withCancellationParams(account, created, params);
  account.put(subscription);
  return startSubscriptionByApi(account, subscription, { ...params, hasMethod: method !== null });
}

function itemsOf(account: Account, { items, currency }: Create): NewSubscriptionItem[] {
  if (!items || items.length === 0)
    throw invalidRequest("Missing required param: items.", { code: "parameter_missing", param: "items" });
  const prices = items.map((item, index) => ({
    price: findOrCreateRecurringPrice(account, item, `items[${index}]`),
    quantity: item.quantity ?? 1,
    metadata: withoutEmptyValues(item.metadata),
  }));
  const currencies = new Set([...prices.map(({ price }) => price.currency), ...(currency ? [currency] : [])]);
  if (currencies.size > 1)
    throw invalidRequest("All prices on a subscription must have the same currency.", { param: "items" });
  return prices;
}

function methodOf(account: Account, customer: Stripe.Customer, params: Create): string | null {
  const { default_payment_method: id } = params;
  if (id) {
    const method = requireObject(account, "payment_method", {
      id,
      noun: "PaymentMethod",
      param: "default_payment_method",
    });
    if (method.customer === customer.id) return id;
    const message = `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`;
    throw invalidRequest(message, { code: "resource_missing", param: "default_payment_method" });
  }
  const ofCustomer = customer.invoice_settings.default_payment_method;
  return typeof ofCustomer === "string" ? ofCustomer : (ofCustomer?.id ?? null);
}

function trialEndOf(account: Account, { trial_end: end, trial_period_days: days }: Create): number | null {
  if (end && days)
    throw invalidRequest("You cannot set both trial_end and trial_period_days.", { param: "trial_period_days" });
  if (days) return account.now() + days * DAY;
  if (end === undefined || end === null || end === "now") return null;
  refuseInvalidTrialEnd(account, end);
  return end;
}

function anchorOf(
  account: Account,
  { billing_cycle_anchor: anchor }: Create,
  items: NewSubscriptionItem[],
): number | null {
  if (anchor === undefined || anchor === null) return null;
  const prices = items.map(({ price }) => price);
  requireValidBillingCycleAnchor(account, anchor, { prices, param: "billing_cycle_anchor" });
  return anchor;
}

function moreOf(params: Create): Partial<Stripe.Subscription> {
  const { collection_method = "charge_automatically", days_until_due: days, payment_settings: settings } = params;
  const sends = collection_method === "send_invoice";
  if (sends && (days === undefined || days === null))
    throw invalidRequest("Missing required param: days_until_due.", {
      code: "parameter_missing",
      param: "days_until_due",
    });
  const end = params.trial_settings?.end_behavior;
  return {
    billing_mode: billingMode(params.billing_mode),
    collection_method: collection_method ?? "charge_automatically",
    days_until_due: sends ? days : null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: settings?.save_default_payment_method ?? "off",
    },
    ...(end ? { trial_settings: trialSettings(end) } : {}),
  };
}
