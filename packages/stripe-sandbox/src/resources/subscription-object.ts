import type Stripe from "stripe";
import type { Account } from "../account";
import { apiListOf, testClockIdOf } from "../objects";
import { firstPeriodEnd, nextTrialOrRenewalNotice } from "./subscription-periods";

export type NewSubscriptionItem = {
  price: Stripe.Price;
  quantity: number;
  metadata?: Record<string, string>;
};

export type NewSubscription = {
  customer: Stripe.Customer;
  method: string | null;
  items: NewSubscriptionItem[];
  metadata: Record<string, string>;
  description: string | null;
  /** The end of the trial, which is also the end of the first period. Recurring prices are not charged before it. */
  trialEnd?: number | null;
  /** The end of the first period. All later periods are counted from it. */
  anchor?: number | null;
  /** `active` by default. A subscription that waits for its first payment is `incomplete`. */
  status?: Stripe.Subscription.Status;
  more?: Partial<Stripe.Subscription>;
};

export function createSubscription(account: Account, input: NewSubscription): Stripe.Subscription {
  const subscription = subscriptionOf(account, input);
  account.putWithInternalState<"subscription">(subscription, nextTrialOrRenewalNotice(account, subscription));
  return subscription;
}

function subscriptionOf(account: Account, input: NewSubscription): Stripe.Subscription {
  const id = account.newId("sub_");
  const start = account.now();
  const items = input.items.map((each) =>
    subscriptionItem(account, id, { item: each, periodEnd: firstPeriodEnd(start, each.price, input) }),
  );
  return {
    id,
    object: "subscription",
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: input.trialEnd ?? input.anchor ?? start,
    billing_cycle_anchor_config: null,
    billing_mode: billingMode(null),
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: "charge_automatically",
    created: start,
    currency: input.items[0]?.price.currency ?? "usd",
    customer: input.customer.id,
    customer_account: null,
    days_until_due: null,
    default_payment_method: input.method,
    default_source: null,
    default_tax_rates: [],
    description: input.description,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: "self" },
    },
    items: apiListOf(items, `/v1/subscription_items?subscription=${id}`),
    latest_invoice: null,
    livemode: account.livemode,
    managed_payments: null,
    metadata: input.metadata,
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: { payment_method_options: null, payment_method_types: null, save_default_payment_method: "off" },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: start,
    status: input.trialEnd ? "trialing" : (input.status ?? "active"),
    test_clock: testClockIdOf(input.customer),
    transfer_data: null,
    trial_end: input.trialEnd ?? null,
    trial_settings: { end_behavior: { billing_cycle_anchor: null, missing_payment_method: "create_invoice" } },
    trial_start: input.trialEnd ? start : null,
    ...input.more,
  };
}

type BillingModeParams = {
  type: Stripe.Subscription.BillingMode.Type;
  flexible?: { proration_discounts?: Stripe.Subscription.BillingMode.Flexible.ProrationDiscounts | null } | null;
};

export function billingMode(requested: BillingModeParams | null | undefined): Stripe.Subscription.BillingMode {
  if (requested?.type === "classic") return { type: "classic", flexible: null };
  return {
    type: "flexible",
    flexible: { proration_discounts: requested?.flexible?.proration_discounts ?? "included" },
  };
}

export function subscriptionItem(
  account: Account,
  subscription: string,
  { item: { price, quantity, metadata = {} }, periodEnd }: { item: NewSubscriptionItem; periodEnd: number },
): Stripe.SubscriptionItem {
  const start = account.now();
  return {
    id: account.newId("si_"),
    object: "subscription_item",
    billing_thresholds: null,
    created: start,
    current_period_end: periodEnd,
    current_period_start: start,
    current_trial: null,
    discounts: [],
    metadata,
    plan: planOf(price),
    price,
    quantity,
    subscription,
    tax_rates: [],
  };
}

export function planOf(price: Stripe.Price): Stripe.Plan {
  return {
    id: price.id,
    object: "plan",
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme,
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? "month",
    interval_count: price.recurring?.interval_count ?? 1,
    livemode: price.livemode,
    metadata: price.metadata,
    meter: null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: price.recurring?.trial_period_days ?? null,
    usage_type: "licensed",
  };
}

export function trialSettings({
  missing_payment_method,
}: Pick<Stripe.Subscription.TrialSettings.EndBehavior, "missing_payment_method">): Stripe.Subscription.TrialSettings {
  return { end_behavior: { billing_cycle_anchor: null, missing_payment_method } };
}
