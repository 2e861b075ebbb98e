import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, SimulatedStripeError } from "../http/errors";
import { mergeMetadata, withoutEmptyValues } from "../http/metadata";
import { findOrCreatePrice } from "./prices";
import { planOf, subscriptionItem } from "./subscription-object";
import type { SubscriptionItemParams } from "./subscription-params";
import { currentPeriodOf } from "./subscription-periods";

export function withItemChanges(
  account: Account,
  subscription: Stripe.Subscription,
  changes: SubscriptionItemParams[],
) {
  const data = [...subscription.items.data];
  for (const [index, change] of changes.entries())
    applyChange(account, { subscription, data }, { change, at: `items[${index}]` });
  if (data.length === 0) throw invalidRequest("A subscription must have at least one active item.", { param: "items" });
  return { ...subscription, items: { ...subscription.items, data } };
}

type Items = {
  subscription: Stripe.Subscription;
  data: Stripe.SubscriptionItem[];
};

function applyChange(
  account: Account,
  { subscription, data }: Items,
  { change, at }: { change: SubscriptionItemParams; at: string },
): void {
  if (!change.id) {
    data.push(addedItem(account, subscription, { change, at }));
    return;
  }
  const index = data.findIndex(({ id }) => id === change.id);
  const item = data[index];
  if (!item) {
    const message = `No such subscription item: '${change.id}'`;
    throw new SimulatedStripeError({ status: 400, code: "resource_missing", param: `${at}[id]`, message });
  }
  if (change.deleted) data.splice(index, 1);
  else data[index] = changedItem(account, subscription, { item, change, at });
}

function addedItem(
  account: Account,
  subscription: Stripe.Subscription,
  { change, at }: { change: SubscriptionItemParams; at: string },
) {
  const price = findOrCreateRecurringPrice(account, change, at);
  checkCurrency(subscription, price, at);
  const { end } = currentPeriodOf(subscription);
  const metadata = withoutEmptyValues(change.metadata);
  return subscriptionItem(account, subscription.id, {
    item: { price, quantity: change.quantity ?? 1, metadata },
    periodEnd: end,
  });
}

function changedItem(
  account: Account,
  subscription: Stripe.Subscription,
  { item, change, at }: { item: Stripe.SubscriptionItem; change: SubscriptionItemParams; at: string },
): Stripe.SubscriptionItem {
  const isNew = change.price || change.plan || change.price_data;
  const price = isNew ? findOrCreateRecurringPrice(account, change, at) : item.price;
  checkCurrency(subscription, price, at);
  const metadata = mergeMetadata(item.metadata, change.metadata);
  return { ...item, metadata, plan: planOf(price), price, quantity: change.quantity ?? item.quantity };
}

export function findOrCreateRecurringPrice(
  account: Account,
  change: SubscriptionItemParams,
  paramPath: string,
): Stripe.Price {
  const price = findOrCreatePrice(
    account,
    { price: change.price ?? change.plan, price_data: inlinePrice(change) },
    paramPath,
  );
  if (price.recurring) return price;
  const message = `The price specified is set to \`type=one_time\` but this field only accepts prices with \`type=recurring\`.`;
  throw invalidRequest(message, { param: `${paramPath}[price]` });
}

function inlinePrice({ price_data: data }: SubscriptionItemParams) {
  return data && { ...data, product_data: undefined };
}

function checkCurrency(subscription: Stripe.Subscription, price: Stripe.Price, at: string): void {
  if (price.currency !== subscription.currency)
    throw invalidRequest("The price's currency must match the subscription's currency.", { param: `${at}[price]` });
}
