// Creates cards of the older API. They are stored as payment methods whose ids begin with card_, and converted to
// Stripe's Card.
import type Stripe from "stripe";
import type { Account } from "../account";
import { text } from "../http/params";
import { addressOf } from "./address";
import { type CARD_PARAM, createMethodFromData } from "./payment-method-routes";

/**
 * The parameters for the cardholder's name and address in the older API. A call sends them in the same object as the
 * card number.
 */
export const CARD_ADDRESS_FIELDS = {
  address_city: text(),
  address_country: text(),
  address_line1: text(),
  address_line2: text(),
  address_state: text(),
  address_zip: text(),
  name: text(),
};
export type CardAddress = { [K in keyof typeof CARD_ADDRESS_FIELDS]?: string | null };
export type CardParams = NonNullable<ReturnType<typeof CARD_PARAM.read>>;

export function createOlderApiCard(
  account: Account,
  input: { card: CardParams; address?: CardAddress },
  paramPath: string,
) {
  const ofCards: Account = { ...account, newId: () => account.newId("card_") };
  const method = createMethodFromData(ofCards, { ...NOTHING_ELSE, card: input.card }, paramPath);
  const described = withCardAddress(method, input.address ?? {});
  account.put(described);
  return described;
}

const NOTHING_ELSE = {
  type: "card",
  sepa_debit: undefined,
  billing_details: undefined,
  metadata: undefined,
  allow_redisplay: undefined,
  link: undefined,
} as const;

export function withCardAddress(method: Stripe.PaymentMethod, input: CardAddress): Stripe.PaymentMethod {
  const { billing_details: billing } = method;
  const before = addressOf(billing.address ?? {});
  const { name = billing.name } = input;
  const address: Stripe.Address = {
    city: input.address_city === undefined ? before.city : input.address_city,
    country: input.address_country === undefined ? before.country : input.address_country,
    line1: input.address_line1 === undefined ? before.line1 : input.address_line1,
    line2: input.address_line2 === undefined ? before.line2 : input.address_line2,
    postal_code: input.address_zip === undefined ? before.postal_code : input.address_zip,
    state: input.address_state === undefined ? before.state : input.address_state,
  };
  return { ...method, billing_details: { ...billing, address, name } };
}

const BRANDS: Record<string, string> = {
  amex: "American Express",
  diners: "Diners Club",
  discover: "Discover",
  jcb: "JCB",
  mastercard: "MasterCard",
  unionpay: "UnionPay",
  visa: "Visa",
};

export function cardObject({
  id,
  card,
  billing_details: billing,
  customer,
  metadata,
}: Stripe.PaymentMethod): Stripe.Card {
  if (!card) throw new Error(`${id} is not a card`);
  const { city, country, line1, line2, postal_code, state } = addressOf(billing.address ?? {});
  return {
    id,
    object: "card",
    address_city: city ?? null,
    address_country: country ?? null,
    address_line1: line1 ?? null,
    address_line1_check: line1 ? (card.checks?.address_line1_check ?? "pass") : null,
    address_line2: line2 ?? null,
    address_state: state ?? null,
    address_zip: postal_code ?? null,
    address_zip_check: postal_code ? (card.checks?.address_postal_code_check ?? "pass") : null,
    allow_redisplay: "unspecified",
    brand: BRANDS[card.brand] ?? card.brand,
    country: card.country,
    customer: customer ?? null,
    cvc_check: card.checks?.cvc_check ?? null,
    dynamic_last4: null,
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    fingerprint: card.fingerprint ?? null,
    funding: card.funding,
    last4: card.last4 ?? "",
    metadata: metadata ?? {},
    name: billing.name,
    networks: { preferred: null },
    regulated_status: card.regulated_status,
    tokenization_method: null,
  };
}
