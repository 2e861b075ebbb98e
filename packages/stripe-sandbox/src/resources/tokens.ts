// Creates tokens for cards, and uses them as the source of a customer or charge. Such a token can be used once.
// `tok_visa` and other fixed tokens can be used any number of times.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest } from "../http/errors";
import type { ParsedParams } from "../http/params";
import { object, text, unsupportedParam } from "../http/params";
import { type Route, requireObject, retrieveRoute, route } from "../http/route";
import { findTestCardByToken } from "../test-cards";
import { CARD_ADDRESS_FIELDS, cardObject, createOlderApiCard } from "./cards";
import { CARD_PARAM_FIELDS } from "./payment-method-routes";
import { consumeToken } from "./token-use";

const NEW_TOKEN = {
  account: unsupportedParam(),
  bank_account: unsupportedParam(),
  card: object({ ...CARD_PARAM_FIELDS, ...CARD_ADDRESS_FIELDS, currency: text({ max: 3 }) }),
  customer: unsupportedParam(),
  cvc_update: unsupportedParam(),
  person: unsupportedParam(),
  pii: unsupportedParam(),
};

function create(account: Account, { card }: ParsedParams<typeof NEW_TOKEN>): Stripe.Token {
  if (!card)
    throw invalidRequest("You must supply a card to create a token.", { code: "parameter_missing", param: "card" });
  const method = createOlderApiCard(account, { card, address: card }, "");
  const token: Stripe.Token = {
    id: account.newId("tok_"),
    object: "token",
    card: cardObject(method),
    client_ip: null,
    created: account.now(),
    livemode: account.livemode,
    type: "card",
    used: false,
  };
  account.put(token);
  return token;
}

export function redeemCardToken(account: Account, id: string, param: string): Stripe.PaymentMethod {
  if (findTestCardByToken(id)) return createOlderApiCard(account, { card: { ...NO_NUMBER, token: id } }, "");
  const token = requireObject(account, "token", { id, noun: "token", param });
  consumeToken(account, token, param);
  return account.get("payment_method", token.card?.id ?? null);
}

const NO_NUMBER = {
  number: undefined,
  exp_month: undefined,
  exp_year: undefined,
  cvc: undefined,
  networks: undefined,
};

export const tokenRoutes: Route[] = [
  route("POST /v1/tokens", NEW_TOKEN, create),
  retrieveRoute("token", "/v1/tokens", "token"),
];
