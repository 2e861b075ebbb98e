// Changes to a subscription: the price without proration, a cancel that waits for the period's end and can be undone
// until then, a cancel now.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalid, notBuilt, StripeError } from "../http/errors";
import type { Read } from "../http/params";
import { flag, integer, list, object, oneOf, readParams, text, unbuilt } from "../http/params";
import { found, META, mergeMetadata } from "../http/route";
import { changesBetween } from "./changes-between";
import { checkPriceData, createPrice, ITEM_PRICE_DATA } from "./price-object";
import { planOf } from "./subscription-object";

export const CANCELLATION_DETAILS = object({
  comment: text(),
  feedback: oneOf(
    "customer_service",
    "low_quality",
    "missing_features",
    "other",
    "switched_service",
    "too_complex",
    "too_expensive",
    "unused",
  ),
});

const ITEM = object({
  id: text(),
  price: text(),
  price_data: object(ITEM_PRICE_DATA),
  quantity: integer({ min: 1 }),
  metadata: META,
  deleted: unbuilt(),
  discounts: unbuilt(),
  tax_rates: unbuilt(),
});

export const UPDATE = {
  cancel_at_period_end: flag(),
  cancellation_details: CANCELLATION_DETAILS,
  default_payment_method: text(),
  description: text({ max: 500 }),
  items: list(ITEM, { max: 20 }),
  metadata: META,
  payment_behavior: oneOf("allow_incomplete", "default_incomplete", "error_if_incomplete", "pending_if_incomplete"),
  proration_behavior: oneOf("always_invoice", "create_prorations", "none"),
  add_invoice_items: unbuilt(),
  automatic_tax: unbuilt(),
  billing_cycle_anchor: unbuilt(),
  cancel_at: unbuilt(),
  collection_method: unbuilt(),
  discounts: unbuilt(),
  pause_collection: unbuilt(),
  proration_date: unbuilt(),
  trial_end: unbuilt(),
  trial_settings: unbuilt(),
};
type Update = Read<typeof UPDATE>;

export function updateSubscription(account: Account, params: Update, id: string): Stripe.Subscription {
  const before = found(account, "subscription", id, "subscription");
  refuseIfCanceled(before, params);
  const after = withCancellation(account, withFields(account, before, params), params);
  for (const [index, item] of (params.items ?? []).entries())
    changeItem(account, after, item, `items[${index}]`, params);
  const previous = changesBetween(before, after);
  if (Object.keys(previous).length === 0) return before;
  account.put(after);
  account.emit("customer.subscription.updated", after, previous);
  return after;
}

function refuseIfCanceled(subscription: Stripe.Subscription, params: Update): void {
  if (subscription.status !== "canceled") return;
  const { cancellation_details: _, metadata: __, ...other } = params;
  if (Object.values(other).every((value) => value === undefined)) return;
  const code = "invalid_canceled_subscription_fields";
  throw invalid("A canceled subscription can only update its cancellation_details and metadata.", { code });
}

function withFields(account: Account, before: Stripe.Subscription, params: Update): Stripe.Subscription {
  const { default_payment_method: method, description } = params;
  if (method) found(account, "payment_method", method, "PaymentMethod", "default_payment_method");
  return {
    ...before,
    items: { ...before.items, data: [...before.items.data] },
    metadata: mergeMetadata(before.metadata, params.metadata),
    ...(description === undefined ? {} : { description }),
    ...(method === undefined ? {} : { default_payment_method: method }),
  };
}

function withCancellation(account: Account, current: Stripe.Subscription, params: Update): Stripe.Subscription {
  const given = params.cancellation_details;
  const details = { ...NO_CANCELLATION, ...current.cancellation_details, ...given };
  const end = params.cancel_at_period_end;
  if (end === undefined || end === null || end === current.cancel_at_period_end)
    return given ? { ...current, cancellation_details: details } : current;
  if (!end)
    return {
      ...current,
      cancel_at: null,
      cancel_at_period_end: false,
      canceled_at: null,
      cancellation_details: NO_CANCELLATION,
    };
  return {
    ...current,
    cancel_at: current.items.data[0]?.current_period_end ?? null,
    cancel_at_period_end: true,
    canceled_at: account.now(),
    cancellation_details: { ...details, reason: "cancellation_requested" },
  };
}

const NO_CANCELLATION: Stripe.Subscription.CancellationDetails = {
  comment: null,
  feedback: null,
  feedback_option: null,
  reason: null,
};

type ItemChange = NonNullable<Update["items"]>[number];

function changeItem(
  account: Account,
  subscription: Stripe.Subscription,
  change: ItemChange,
  at: string,
  params: Update,
) {
  if (!change.id) throw notBuilt(`${at} without id (it would add a second item)`);
  const { data } = subscription.items;
  const index = data.findIndex((item) => item.id === change.id);
  const item = data[index];
  if (!item)
    throw new StripeError({
      status: 400,
      code: "resource_missing",
      param: `${at}[id]`,
      message: `No such subscription item: '${change.id}'`,
    });
  const price = newPrice(account, item, change, at);
  const prorates = price.id !== item.price.id || (change.quantity ?? item.quantity) !== item.quantity;
  if (prorates && params.proration_behavior !== "none")
    throw notBuilt("changes with proration: send proration_behavior=none");
  if (price.currency !== subscription.currency)
    throw invalid("The price's currency must match the subscription's currency.", {
      param: `${at}[price_data][currency]`,
    });
  if (
    price.recurring?.interval !== item.price.recurring?.interval ||
    price.recurring?.interval_count !== item.price.recurring?.interval_count
  )
    throw notBuilt("a change of interval (it would bill at once)");
  const metadata = mergeMetadata(item.metadata, change.metadata);
  data[index] = { ...item, metadata, plan: planOf(price), price, quantity: change.quantity ?? item.quantity };
}

function newPrice(account: Account, item: Stripe.SubscriptionItem, change: ItemChange, at: string): Stripe.Price {
  if (change.price) return found(account, "price", change.price, "price", `${at}[price]`);
  if (!change.price_data) return item.price;
  checkPriceData(change.price_data, `${at}[price_data]`);
  const product = found(account, "product", change.price_data.product, "product", `${at}[price_data][product]`);
  return createPrice(account, { ...change.price_data, product: product.id });
}

/** Ends it now. Nothing is refunded, and it cannot be revived. */
export function cancelNow(
  account: Account,
  subscription: Stripe.Subscription,
  given?: Partial<Stripe.Subscription.CancellationDetails>,
) {
  const now = account.now();
  const details = { ...NO_CANCELLATION, ...subscription.cancellation_details, ...given };
  const canceled: Stripe.Subscription = {
    ...subscription,
    canceled_at: subscription.canceled_at ?? now,
    cancellation_details: { ...details, reason: details.reason ?? "cancellation_requested" },
    ended_at: now,
    status: "canceled",
  };
  account.put(canceled);
  stopCollecting(account, subscription.id);
  account.emit("customer.subscription.deleted", canceled);
  return canceled;
}

/** What is still open may be paid, but is not asked for any more. */
function stopCollecting(account: Account, subscription: string): void {
  const open = account.list("invoice", { where: { subscription, "$.status": { anyOf: ["draft", "open"] } } });
  for (const invoice of open) account.put({ ...invoice, auto_advance: false, next_payment_attempt: null });
}

export function setCancelAtPeriodEnd(account: Account, id: string, end: boolean): Stripe.Subscription {
  return updateSubscription(account, readParams({ cancel_at_period_end: String(end) }, UPDATE), id);
}
