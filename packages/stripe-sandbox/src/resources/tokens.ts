// Tokens: a typed card that belongs to no customer yet. Each can be used once; tok_visa and similar ones always.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalid } from "../http/errors";
import type { Read } from "../http/params";
import { object, text, unbuilt } from "../http/params";
import { found, type Route, retrieveRoute, route } from "../http/route";
import { findTestCardByToken } from "../test-cards";
import { CARD_ADDRESS, cardOf, createCard } from "./cards";
import { CARD_FIELDS } from "./payment-method-routes";

const NEW_TOKEN = {
  account: unbuilt(),
  bank_account: unbuilt(),
  card: object({ ...CARD_FIELDS, ...CARD_ADDRESS, currency: text({ max: 3 }) }),
  customer: unbuilt(),
  cvc_update: unbuilt(),
  person: unbuilt(),
  pii: unbuilt(),
};

function create(account: Account, { card }: Read<typeof NEW_TOKEN>): Stripe.Token {
  if (!card) throw invalid("You must supply a card to create a token.", { code: "parameter_missing", param: "card" });
  const method = createCard(account, { card, address: card }, "");
  const token: Stripe.Token = {
    id: account.newId("tok_"),
    object: "token",
    card: cardOf(method),
    client_ip: null,
    created: account.now(),
    livemode: account.livemode,
    type: "card",
    used: false,
  };
  account.put(token);
  return token;
}

/** Returns the token's card and uses the token up. */
export function cardFromToken(account: Account, id: string, param: string): Stripe.PaymentMethod {
  if (findTestCardByToken(id)) return createCard(account, { card: { ...NO_NUMBER, token: id } }, "");
  const token = found(account, "token", { id, noun: "token", param });
  if (token.used)
    throw invalid(`You cannot use a Stripe token more than once: ${id}.`, { code: "token_already_used", param });
  account.put({ ...token, used: true });
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
