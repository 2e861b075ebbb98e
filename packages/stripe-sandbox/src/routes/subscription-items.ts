import type Stripe from "stripe";
import type { Account } from "../account";
import { notFoundError } from "../http/errors";
import { type ParsedParams, readParams, requiredParam, text, unsupportedParam } from "../http/params";
import { PAGINATION_PARAMS, type Route, requireObject, route } from "../http/route";
import { apiListOf } from "../objects";
import {
  ITEM_FIELDS,
  PAYMENT_AND_PRORATION_PARAMS,
  SUBSCRIPTION_UPDATE_PARAMS,
  type SubscriptionItemParams,
} from "../resources/subscription-params";
import { updateSubscription } from "./subscription-changes";

const FIELDS = { ...ITEM_FIELDS, ...PAYMENT_AND_PRORATION_PARAMS };
type Fields = ParsedParams<typeof FIELDS>;
const MAX_ITEMS = 20;

function ownerOf(account: Account, item: string): Stripe.Subscription {
  for (let place = 0; place < MAX_ITEMS; place += 1) {
    const [owner] = account.list("subscription", { where: { [`$.items.data[${place}].id`]: item }, limit: 1 });
    if (owner) return owner;
  }
  throw notFoundError("subscription_item", item);
}

function change(
  account: Account,
  subscription: string,
  { item, how }: { item: Partial<SubscriptionItemParams>; how: Partial<Fields> },
) {
  const { payment_behavior, proration_behavior, proration_date, off_session } = how;
  const nothing = readParams({ items: [{}] }, SUBSCRIPTION_UPDATE_PARAMS);
  const items = (nothing.items ?? []).map((empty) => ({ ...empty, ...item }));
  const billing = { payment_behavior, proration_behavior, proration_date, off_session };
  return updateSubscription(account, { ...nothing, ...billing, items }, subscription);
}

function itemOf({ items }: Stripe.Subscription, id: string): Stripe.SubscriptionItem {
  const item = items.data.find((each) => each.id === id);
  if (!item) throw notFoundError("subscription_item", id);
  return item;
}

function itemFields({ price, plan, price_data, quantity, metadata }: Fields) {
  return { price, plan, price_data, quantity, metadata };
}

const PATH = "/v1/subscription_items";

export const subscriptionItemRoutes: Route[] = [
  route(`POST ${PATH}`, { ...FIELDS, subscription: requiredParam(text()) }, (account, params) => {
    requireObject(account, "subscription", { id: params.subscription, noun: "subscription", param: "subscription" });
    const added = change(account, params.subscription, { item: itemFields(params), how: params }).items.data.at(-1);
    if (!added) throw new Error("the added item is missing");
    return added;
  }),
  route(`POST ${PATH}/:id`, FIELDS, (account, params, id) =>
    itemOf(change(account, ownerOf(account, id).id, { item: { ...itemFields(params), id }, how: params }), id),
  ),
  route(
    `DELETE ${PATH}/:id`,
    { ...PAYMENT_AND_PRORATION_PARAMS, clear_usage: unsupportedParam() },
    (account, params, id) => {
      change(account, ownerOf(account, id).id, { item: { id, deleted: true }, how: params });
      return { id, object: "subscription_item", deleted: true };
    },
  ),
  route(`GET ${PATH}/:id`, {}, (account, _, id) => itemOf(ownerOf(account, id), id)),
  route(`GET ${PATH}`, { ...PAGINATION_PARAMS, subscription: requiredParam(text()) }, (account, params) => {
    const { items } = requireObject(account, "subscription", {
      id: params.subscription,
      noun: "subscription",
      param: "subscription",
    });
    const { limit = 10, starting_after: after } = params;
    const from = after ? items.data.findIndex(({ id }) => id === after) + 1 : 0;
    const end = from + (limit ?? 10);
    return apiListOf(items.data.slice(from, end), PATH, items.data.length > end);
  }),
];
