// Handles requests about a customer's cards in Stripe's older API, where cards are called sources.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, notFoundError, SimulatedStripeError, unsupportedError } from "../http/errors";
import { METADATA_PARAM, mergeMetadata, withoutEmptyValues } from "../http/metadata";
import type { ParsedParams } from "../http/params";
import {
  boolean,
  declareUnsupportedParams,
  integer,
  object,
  oneOf,
  requiredParam,
  text,
  textOrObject,
} from "../http/params";
import { nestedRoute, PAGINATION_PARAMS, parsePagingParams, type Route, requireObject, route } from "../http/route";
import { apiListOf } from "../objects";
import { accountOnTestClock } from "./account-at-test-clock";
import { CARD_ADDRESS_FIELDS, cardObject, createOlderApiCard, withCardAddress } from "./cards";
import { CARD_PARAM_FIELDS } from "./payment-method-routes";
import { refuseUnattachable } from "./payment-methods";
import { previousAttributes } from "./previous-attributes";
import { redeemCardToken } from "./tokens";

const TYPED_CARD = object({ ...CARD_PARAM_FIELDS, ...CARD_ADDRESS_FIELDS, object: requiredParam(oneOf("card")) });
/** A card in one of the forms that older API calls use: a token, an id, or the card's own fields. */
export const CARD_SOURCE_PARAM = textOrObject(text(), TYPED_CARD);
type Source = NonNullable<ReturnType<typeof CARD_SOURCE_PARAM.read>>;

const NEW_SOURCE = {
  card: CARD_SOURCE_PARAM,
  metadata: METADATA_PARAM,
  source: CARD_SOURCE_PARAM,
  validate: boolean(),
};

/** Adds a card to the customer. It becomes the default if the customer has no default yet. */
export function addCard(
  account: Account,
  customer: Stripe.Customer,
  { source, metadata = {} }: { source: Source; metadata?: Record<string, string> },
) {
  const fresh = cardFor(account, source);
  refuseUnattachable(account, fresh);
  const method: Stripe.PaymentMethod = { ...fresh, customer: customer.id, metadata };
  account.put(method);
  account.emit("customer.source.created", cardObject(method));
  return { method, customer: customer.default_source ? customer : withDefaultSource(account, customer, method.id) };
}

function cardFor(account: Account, source: Source): Stripe.PaymentMethod {
  if (typeof source !== "string") return createOlderApiCard(account, { card: source, address: source }, "source");
  if (/^(src|ba|btok)_/.test(source)) throw unsupportedError(`source ${source}`);
  return redeemCardToken(account, source, "source");
}

export function findOrCreateCardToCharge(account: Account, source: Source | null, customer: Stripe.Customer | null) {
  if (typeof source === "string" && source.startsWith("card_")) return knownCard(account, source, customer);
  if (source) return cardFor(account, source);
  const id = customer?.default_source;
  if (typeof id === "string") return account.get("payment_method", id);
  if (!customer) throw invalidRequest("Must provide source or customer.", { code: "parameter_missing" });
  const message = "Cannot charge a customer that has no active card";
  throw new SimulatedStripeError({ status: 402, type: "card_error", code: "missing", param: "card", message });
}

/** Returns the card. Throws unless it belongs to `customer`, or, if `customer` is null, to no customer. */
function knownCard(account: Account, id: string, customer: Stripe.Customer | null): Stripe.PaymentMethod {
  if (customer) return ofCustomer(account, customer.id, { id, param: "source" });
  const method = requireObject(account, "payment_method", { id, noun: "source", param: "source" });
  if (method.customer === null) return method;
  const message = `Card ${id} belongs to a customer. Please include the customer in the \`customer\` parameter.`;
  throw invalidRequest(message, { code: "missing", param: "customer" });
}

function withDefaultSource(account: Account, customer: Stripe.Customer, id: string | null): Stripe.Customer {
  const changed: Stripe.Customer = { ...customer, default_source: id };
  account.put(changed);
  return changed;
}

export function applyCardSource(
  account: Account,
  customer: Stripe.Customer,
  input: { source?: Source | null; default_source?: string | null },
): Stripe.Customer {
  if (input.source) {
    const { method } = addCard(account, customer, { source: input.source });
    return withDefaultSource(account, customer, method.id);
  }
  if (!input.default_source) return customer;
  return withDefaultSource(
    account,
    customer,
    ofCustomer(account, customer.id, { id: input.default_source, param: "default_source" }).id,
  );
}

function create(caller: Account, params: ParsedParams<typeof NEW_SOURCE>, id: string): Stripe.Card {
  const before = requireObject(caller, "customer", { id, noun: "customer" });
  const source = params.source ?? params.card;
  if (!source) throw invalidRequest("Missing required param: source.", { code: "parameter_missing", param: "source" });
  const account = accountOnTestClock(caller, before);
  const { method, customer } = addCard(account, before, { source, metadata: withoutEmptyValues(params.metadata) });
  if (customer !== before) account.emit("customer.updated", customer, previousAttributes(before, customer));
  return cardObject(method);
}

function ofCustomer(
  account: Account,
  customer: string,
  { id, param = "id" }: { id: string; param?: string },
): Stripe.PaymentMethod {
  requireObject(account, "customer", { id: customer, noun: "customer" });
  const method = account.find("payment_method", id);
  if (!method?.card || method.customer !== customer) throw notFoundError("source", id, param);
  return method;
}

const CHANGES = {
  ...CARD_ADDRESS_FIELDS,
  exp_month: integer({ min: 1, max: 12 }),
  exp_year: integer({ min: 2_000, max: 2_100 }),
  metadata: METADATA_PARAM,
  ...declareUnsupportedParams("account_holder_name account_holder_type owner"),
};

function update(
  account: Account,
  params: ParsedParams<typeof CHANGES>,
  { id, innerId }: { id: string; innerId: string },
): Stripe.Card {
  const before = ofCustomer(account, id, { id: innerId });
  const described = withCardAddress(before, params);
  const card = described.card && {
    ...described.card,
    exp_month: params.exp_month ?? described.card.exp_month,
    exp_year: params.exp_year ?? described.card.exp_year,
  };
  const after: Stripe.PaymentMethod = {
    ...described,
    card,
    metadata: mergeMetadata(before.metadata ?? {}, params.metadata),
  };
  account.put(after);
  account.emit("customer.source.updated", cardObject(after), previousAttributes(cardObject(before), cardObject(after)));
  return cardObject(after);
}

function remove(account: Account, customerId: string, id: string): Stripe.DeletedCard {
  const method = ofCustomer(account, customerId, { id });
  account.put({ ...method, customer: null });
  account.emit("customer.source.deleted", cardObject(method));
  const customer = account.get("customer", customerId);
  if (customer.default_source === id) {
    const next = cardsOf(account, customerId)[0]?.id ?? null;
    const changed = withDefaultSource(account, customer, next);
    account.emit("customer.updated", changed, { default_source: id });
  }
  return { id, object: "card", deleted: true };
}

function cardsOf(account: Account, customer: string): Stripe.PaymentMethod[] {
  return account.list("payment_method", { where: { customer, "$.type": "card" } }).filter(isSource);
}

function isSource({ id }: Stripe.PaymentMethod): boolean {
  return id.startsWith("card_");
}

export function sourcesOf(account: Account, customer: string): Stripe.ApiList<Stripe.CustomerSource> {
  return apiListOf<Stripe.CustomerSource>(
    cardsOf(account, customer).map(cardObject),
    `/v1/customers/${customer}/sources`,
  );
}

const LIST = { ...PAGINATION_PARAMS, object: oneOf("bank_account", "card", "source") };

function listSources(account: Account, params: ParsedParams<typeof LIST>, id: string) {
  requireObject(account, "customer", { id, noun: "customer" });
  const { limit, startingAfter, endingBefore } = parsePagingParams(account, params, "payment_method");
  const wanted = params.object === "bank_account" || params.object === "source" ? [] : cardsOf(account, id);
  const placeOf = (card: string) => wanted.findIndex((each) => each.id === card);
  const end = endingBefore ? Math.max(placeOf(endingBefore), 0) : wanted.length;
  const start = startingAfter ? placeOf(startingAfter) + 1 : endingBefore ? Math.max(0, end - limit) : 0;
  const shown = wanted.slice(start, Math.min(end, start + limit)).map(cardObject);
  const hasMore = endingBefore ? start > 0 : start + limit < end;
  return apiListOf(shown, `/v1/customers/${id}/sources`, hasMore);
}

/** `cards` is the former name of `sources`. */
export const customerSourceRoutes: Route[] = (["sources", "cards"] as const).flatMap((name) => [
  route(`POST /v1/customers/:id/${name}`, NEW_SOURCE, create),
  route(`GET /v1/customers/:id/${name}`, LIST, listSources),
  nestedRoute(`GET /v1/customers/:id/${name}/:source`, {}, (account, _, { id, innerId }) =>
    cardObject(ofCustomer(account, id, { id: innerId })),
  ),
  nestedRoute(`POST /v1/customers/:id/${name}/:source`, CHANGES, update),
  nestedRoute(`DELETE /v1/customers/:id/${name}/:source`, {}, (account, _, { id, innerId }) =>
    remove(account, id, innerId),
  ),
]);
