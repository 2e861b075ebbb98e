// Payment methods: cards. A card's number is not kept: only the test card it stands for, in the aside.
import { createHash } from "node:crypto";
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalid, notBuilt } from "../http/errors";
import { integer, object, oneOf, text } from "../http/params";
import { found, listRoute, META, mergeMetadata, type Route, retrieveRoute, route, withoutEmpty } from "../http/route";
import type { TestCard } from "../test-cards";
import { findTestCardByAlias, testCardByNumber } from "../test-cards";

export interface Billing {
  email: string | null;
  name: string | null;
}

export interface NewCard {
  card: TestCard;
  expiryMonth: number;
  expiryYear: number;
  billing: Billing;
  metadata?: Record<string, string>;
}

export function createCardMethod(account: Account, given: NewCard): Stripe.PaymentMethod {
  const method: Stripe.PaymentMethod = {
    id: account.newId("pm_"),
    object: "payment_method",
    allow_redisplay: "limited",
    billing_details: { address: null, email: given.billing.email, name: given.billing.name, phone: null, tax_id: null },
    card: cardOf(given),
    created: account.now(),
    customer: null,
    customer_account: null,
    livemode: account.livemode,
    metadata: given.metadata ?? {},
    type: "card",
  };
  account.putWithAside<"payment_method">(method, { card: given.card });
  return method;
}

function cardOf({ card, expiryMonth, expiryYear }: NewCard): Stripe.PaymentMethod.Card {
  return {
    brand: card.brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: card.cvcCheck },
    country: card.country,
    display_brand: card.brand,
    exp_month: expiryMonth,
    exp_year: expiryYear,
    fingerprint: createHash("sha256").update(card.number).digest("base64url").replace(/\W|_/g, "").slice(0, 16),
    funding: card.funding,
    generated_from: null,
    last4: card.number.slice(-4),
    networks: { available: [card.brand], preferred: null },
    regulated_status: "unregulated",
    three_d_secure_usage: { supported: true },
    wallet: null,
  };
}

export function attach(account: Account, method: Stripe.PaymentMethod, customer: string): Stripe.PaymentMethod {
  const attached: Stripe.PaymentMethod = { ...method, customer };
  account.put(attached);
  account.emit("payment_method.attached", attached);
  return attached;
}

/** `pm_card_visa` and its like stand for a fresh payment method each time they are used. */
export function methodFrom(account: Account, id: string, param: string): Stripe.PaymentMethod {
  const card = findTestCardByAlias(id);
  if (!card) return found(account, "payment_method", id, "PaymentMethod", param);
  const nextYear = new Date(account.now() * 1000).getUTCFullYear() + 1;
  return createCardMethod(account, {
    card,
    expiryMonth: 12,
    expiryYear: nextYear,
    billing: { email: null, name: null },
  });
}

const CARD = object({
  number: text({ max: 24 }),
  exp_month: integer({ min: 1, max: 12 }),
  exp_year: integer({ min: 1970, max: 2100 }),
  cvc: text({ max: 4 }),
  token: text(),
});

const TOKENS: Record<string, string> = {
  tok_visa: "pm_card_visa",
  tok_mastercard: "pm_card_mastercard",
  tok_amex: "pm_card_amex",
};

export const paymentMethodRoutes: Route[] = [
  route(
    "POST /v1/payment_methods",
    {
      type: oneOf("card"),
      card: CARD,
      billing_details: object({ email: text(), name: text(), phone: text(), address: object({ country: text() }) }),
      metadata: META,
    },
    (account, params) => {
      const { card, billing_details: billing, metadata } = params;
      if (!card) throw invalid("Missing required param: card.", { code: "parameter_missing", param: "card" });
      if (card.token && !TOKENS[card.token]) throw notBuilt(`card token ${card.token}`);
      const alias = card.token ? TOKENS[card.token] : undefined;
      return createCardMethod(account, {
        card: (alias && findTestCardByAlias(alias)) || testCardByNumber((card.number ?? "").replace(/\D/g, "")),
        expiryMonth: card.exp_month ?? 12,
        expiryYear: card.exp_year ?? new Date(account.now() * 1000).getUTCFullYear() + 1,
        billing: { email: billing?.email ?? null, name: billing?.name ?? null },
        metadata: withoutEmpty(metadata),
      });
    },
  ),
  route("POST /v1/payment_methods/:id", { metadata: META }, (account, params, id) => {
    const before = found(account, "payment_method", id, "PaymentMethod");
    const after = { ...before, metadata: mergeMetadata(before.metadata ?? {}, params.metadata) };
    account.put(after);
    return after;
  }),
  route("POST /v1/payment_methods/:id/attach", { customer: text() }, (account, params, id) => {
    const customer = found(account, "customer", params.customer ?? "", "customer", "customer");
    return attach(account, methodFrom(account, id, "id"), customer.id);
  }),
  route("POST /v1/payment_methods/:id/detach", {}, (account, _, id) => {
    const before = found(account, "payment_method", id, "PaymentMethod");
    const after = { ...before, customer: null };
    account.put(after);
    account.emit("payment_method.detached", after, { customer: before.customer });
    return after;
  }),
  retrieveRoute("payment_method", "/v1/payment_methods", "PaymentMethod"),
  listRoute("payment_method", "/v1/payment_methods", { customer: text(), type: oneOf("card") }, (params) => ({
    customer: params.customer,
    "$.type": params.type,
  })),
];
