import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, notFoundError, SimulatedStripeError } from "../http/errors";
import { METADATA_PARAM, mergeMetadata, withoutEmptyValues } from "../http/metadata";
import type { ParsedParams } from "../http/params";
import {
  declareUnsupportedParams,
  email,
  integer,
  object,
  oneOf,
  requiredParam,
  text,
  unsupportedParam,
} from "../http/params";
import type { Route } from "../http/route";
import {
  listPage,
  listRoute,
  nestedRoute,
  PAGINATION_PARAMS,
  parsePagingParams,
  requireObject,
  retrieveRoute,
  route,
} from "../http/route";
import { isPossibleCardNumber, withoutSeparators } from "../payment-form/card-number";
import type { TestCard } from "../test-cards";
import { findTestCardByToken, testCardByNumber } from "../test-cards";
import { findTestIban } from "../test-ibans";
import { ADDRESS_PARAM, addressOf } from "./address";
import {
  attachMethod,
  type BillingDetails,
  createCardMethod,
  createDebitMethod,
  findOrCreateMethod,
} from "./payment-methods";
import { previousAttributes } from "./previous-attributes";
import { consumeToken } from "./token-use";
import { UNSUPPORTED_PAYMENT_METHOD_PARAMS } from "./unsupported-method-params";

const TYPES = ["card", "sepa_debit"] as const;
const TYPE = oneOf(...TYPES);
const REDISPLAY = oneOf("always", "limited", "unspecified");

const BILLING = object({ address: ADDRESS_PARAM, email: email(), name: text(), phone: text(), tax_id: text() });

export const CARD_PARAM_FIELDS = {
  number: text({ max: 24 }),
  exp_month: integer({ min: 1, max: 12 }),
  exp_year: integer({ min: 0, max: 2100 }),
  cvc: text({ max: 4 }),
  token: text(),
  networks: object({ preferred: text() }),
};
export const CARD_PARAM = object(CARD_PARAM_FIELDS);

const NEW_METHOD = {
  type: TYPE,
  card: CARD_PARAM,
  sepa_debit: object({ iban: requiredParam(text({ max: 50 })) }),
  billing_details: BILLING,
  metadata: METADATA_PARAM,
  allow_redisplay: REDISPLAY,
  ...UNSUPPORTED_PAYMENT_METHOD_PARAMS,
};

/** `payment_method_data` of an intent has the parameters of `POST /v1/payment_methods`. */
export const PAYMENT_METHOD_DATA_PARAM = object({
  ...NEW_METHOD,
  type: requiredParam(TYPE),
  radar_options: object({ session: text() }),
});

/** Parameters for platforms, and for payment methods created elsewhere. The stand-in does not support them. */
const ELSEWHERE = declareUnsupportedParams("custom customer payment_method radar_options");

type NewMethodParams = ParsedParams<typeof NEW_METHOD>;

export function createMethodFromData(account: Account, params: NewMethodParams, paramPath = ""): Stripe.PaymentMethod {
  const type = params.type ?? (params.sepa_debit ? "sepa_debit" : "card");
  const name = (field: string) => (paramPath ? `${paramPath}[${field}]` : field);
  const common = {
    billing: billingFrom(params.billing_details),
    metadata: withoutEmptyValues(params.metadata),
    allowRedisplay: params.allow_redisplay ?? undefined,
  };
  return type === "card"
    ? cardFrom(account, params.card, { name: name("card"), common })
    : bankAccountFrom(account, params.sepa_debit?.iban, { name: name("sepa_debit"), common });
}

type Named = {
  name: string;
  common: {
    billing: BillingDetails;
    metadata: Record<string, string>;
    allowRedisplay?: "always" | "limited" | "unspecified";
  };
};

function cardFrom(account: Account, input: NewMethodParams["card"], { name, common }: Named): Stripe.PaymentMethod {
  if (!input) throw parameterMissing(name);
  const thisYear = new Date(account.now() * 1000).getUTCFullYear();
  if (input.token) {
    const card = findTestCardByToken(input.token) ?? cardFromToken(account, input.token, `${name}[token]`);
    return createCardMethod(account, { card, expiryMonth: 12, expiryYear: thisYear + 1, ...common });
  }
  const { number, exp_month: expiryMonth, exp_year: year } = input;
  if (!number) throw parameterMissing(`${name}[number]`);
  if (!expiryMonth) throw parameterMissing(`${name}[exp_month]`);
  if (year === undefined || year === null) throw parameterMissing(`${name}[exp_year]`);
  const expiryYear = year < 100 ? 2_000 + year : year;
  if (expiryYear < thisYear)
    throw cardError("invalid_expiry_year", "Your card's expiration year is invalid.", `${name}[exp_year]`);
  const digits = withoutSeparators(number);
  if (!isPossibleCardNumber(digits))
    throw cardError("incorrect_number", "Your card number is incorrect.", `${name}[number]`);
  return createCardMethod(account, { card: testCardByNumber(digits), expiryMonth, expiryYear, ...common });
}

/** Returns the card that the token stands for, and marks the token as used. */
function cardFromToken(account: Account, id: string, param: string): TestCard {
  const token = account.find("token", id);
  const internalState = token?.card ? account.internalState<"payment_method">(token.card.id) : null;
  if (!token || !internalState || !("card" in internalState)) throw notFoundError("token", id, param);
  consumeToken(account, token, param);
  return internalState.card;
}

function bankAccountFrom(account: Account, input: string | undefined, { name, common }: Named): Stripe.PaymentMethod {
  if (!input) throw parameterMissing(name);
  const iban = findTestIban(input);
  if (!iban)
    throw invalidRequest("The IBAN you provided is invalid.", {
      code: "invalid_bank_account_iban",
      param: `${name}[iban]`,
    });
  return createDebitMethod(account, { iban, ...common });
}

function billingFrom(input: NewMethodParams["billing_details"]): BillingDetails {
  const { address, email: mail = null, name = null, phone = null } = input ?? {};
  return { email: mail, name, phone, address: address ? addressOf(address) : null };
}

function parameterMissing(param: string) {
  return invalidRequest(`Missing required param: ${param}.`, { code: "parameter_missing", param });
}

function cardError(code: string, message: string, param: string) {
  return new SimulatedStripeError({ status: 402, type: "card_error", code, message, param });
}

const CHANGES = {
  metadata: METADATA_PARAM,
  billing_details: BILLING,
  allow_redisplay: REDISPLAY,
  card: object({
    exp_month: integer({ min: 1, max: 12 }),
    exp_year: integer({ min: 1970, max: 2100 }),
    networks: unsupportedParam(),
  }),
  us_bank_account: unsupportedParam(),
};

function update(account: Account, params: ParsedParams<typeof CHANGES>, id: string): Stripe.PaymentMethod {
  const before = requireObject(account, "payment_method", { id, noun: "PaymentMethod" });
  if (!before.customer)
    throw invalidRequest("You must save this PaymentMethod to a customer before you can update it.");
  const { billing_details: billing, card: expiry } = params;
  const details = { ...before.billing_details };
  for (const field of ["email", "name", "phone"] as const) {
    const value = billing?.[field];
    if (value !== undefined) details[field] = value;
  }
  if (billing?.address) details.address = addressOf({ ...details.address, ...billing.address });
  const { exp_month: month, exp_year: year } = expiry ?? {};
  const card = before.card && {
    ...before.card,
    exp_month: month ?? before.card.exp_month,
    exp_year: year ?? before.card.exp_year,
  };
  const after: Stripe.PaymentMethod = {
    ...before,
    ...(card ? { card } : {}),
    billing_details: details,
    allow_redisplay: params.allow_redisplay ?? before.allow_redisplay,
    metadata: mergeMetadata(before.metadata ?? {}, params.metadata),
  };
  account.put(after);
  account.emit("payment_method.updated", after, previousAttributes(before, after));
  return after;
}

function detach(account: Account, id: string): Stripe.PaymentMethod {
  const before = requireObject(account, "payment_method", { id, noun: "PaymentMethod" });
  if (!before.customer)
    throw invalidRequest("The payment method you provided is not attached to a customer so detachment is impossible.");
  const after = { ...before, customer: null };
  account.put(after);
  account.emit("payment_method.detached", after, { customer: before.customer });
  return after;
}

function attachTo(account: Account, customer: string, id: string): Stripe.PaymentMethod {
  requireObject(account, "customer", { id: customer, noun: "customer", param: "customer" });
  const method = findOrCreateMethod(account, id, "id");
  if (method.customer && method.customer !== customer)
    throw invalidRequest("The payment method you provided has already been attached to a customer.");
  return method.customer === customer ? method : attachMethod(account, method, customer);
}

const LISTED = { customer: text(), type: TYPE, allow_redisplay: REDISPLAY, customer_account: unsupportedParam() };
const KEPT = { ...PAGINATION_PARAMS, type: TYPE, allow_redisplay: REDISPLAY };

function listOfCustomer(account: Account, params: ParsedParams<typeof KEPT>, id: string) {
  requireObject(account, "customer", { id, noun: "customer" });
  const path = `/v1/customers/${id}/payment_methods`;
  const where = { customer: id, "$.type": params.type, "$.allow_redisplay": params.allow_redisplay };
  return listPage(account, {
    kind: "payment_method",
    path,
    where,
    ...parsePagingParams(account, params, "payment_method"),
  });
}

export const paymentMethodRoutes: Route[] = [
  route("POST /v1/payment_methods", { ...NEW_METHOD, ...ELSEWHERE }, (account, params) =>
    createMethodFromData(account, params),
  ),
  route("POST /v1/payment_methods/:id", CHANGES, update),
  route(
    "POST /v1/payment_methods/:id/attach",
    { customer: requiredParam(text()), customer_account: unsupportedParam() },
    (account, params, id) => attachTo(account, params.customer, id),
  ),
  route("POST /v1/payment_methods/:id/detach", {}, (account, _, id) => detach(account, id)),
  retrieveRoute("payment_method", "/v1/payment_methods", "PaymentMethod"),
  listRoute("payment_method", "/v1/payment_methods", {
    shape: LISTED,
    where: (params) => ({
      customer: params.customer,
      "$.type": params.type,
      "$.allow_redisplay": params.allow_redisplay,
    }),
  }),
  route("GET /v1/customers/:id/payment_methods", KEPT, listOfCustomer),
  nestedRoute("GET /v1/customers/:id/payment_methods/:method", {}, (account, _, { id, innerId: methodId }) => {
    requireObject(account, "customer", { id, noun: "customer" });
    const method = requireObject(account, "payment_method", { id: methodId, noun: "PaymentMethod" });
    if (method.customer !== id) throw notFoundError("PaymentMethod", methodId);
    return method;
  }),
];
