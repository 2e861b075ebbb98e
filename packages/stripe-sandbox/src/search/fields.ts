// Lists the fields that can be searched (docs.stripe.com/search#supported-query-fields-for-each-resource).
import type { StripeObjectKind } from "../objects";

export type SearchField = {
  /**
   * How a search can compare the field. token: only with the whole value. text: also with a part of the value. number:
   * also with larger and smaller numbers. flag: with 'true' or 'false'.
   */
  type: "token" | "text" | "number" | "flag";
  path: string;
};

const token = (path: string): SearchField => ({ type: "token", path });
const text = (path: string): SearchField => ({ type: "text", path });
const number = (path: string): SearchField => ({ type: "number", path });
const flag = (path: string): SearchField => ({ type: "flag", path });

const CARD = ["brand", "exp_month", "exp_year", "fingerprint", "last4"];
const METHODS = ["card", "card_present", "sepa_debit"];

const CARD_FIELDS = Object.fromEntries(
  METHODS.flatMap((method) => CARD.map((name) => `payment_method_details.${method}.${name}`)).map((path) => [
    path,
    token(`$.${path}`),
  ]),
);

export type SearchableResource = {
  kind: StripeObjectKind;
  fields: Record<string, SearchField>;
};

/** The fields of each resource, by its name in the URL. All resources can also be searched by metadata. */
export const SEARCHABLE_RESOURCES = {
  charges: {
    kind: "charge",
    fields: {
      amount: number("$.amount"),
      "billing_details.address.postal_code": token("$.billing_details.address.postal_code"),
      created: number("$.created"),
      currency: token("$.currency"),
      customer: token("$.customer"),
      disputed: flag("$.disputed"),
      ...CARD_FIELDS,
      refunded: flag("$.refunded"),
      status: token("$.status"),
    },
  },
  customers: {
    kind: "customer",
    fields: { created: number("$.created"), email: text("$.email"), name: text("$.name"), phone: text("$.phone") },
  },
  invoices: {
    kind: "invoice",
    fields: {
      created: number("$.created"),
      currency: token("$.currency"),
      customer: token("$.customer"),
      last_finalization_error_code: token("$.last_finalization_error.code"),
      last_finalization_error_type: token("$.last_finalization_error.type"),
      number: text("$.number"),
      receipt_number: text("$.receipt_number"),
      status: token("$.status"),
      subscription: text("$.parent.subscription_details.subscription"),
      total: number("$.total"),
    },
  },
  payment_intents: {
    kind: "payment_intent",
    fields: {
      amount: number("$.amount"),
      created: number("$.created"),
      currency: token("$.currency"),
      customer: token("$.customer"),
      status: token("$.status"),
    },
  },
  prices: {
    kind: "price",
    fields: {
      active: flag("$.active"),
      currency: token("$.currency"),
      lookup_key: text("$.lookup_key"),
      product: text("$.product"),
      type: token("$.type"),
    },
  },
  products: {
    kind: "product",
    fields: {
      active: flag("$.active"),
      description: text("$.description"),
      name: text("$.name"),
      shippable: flag("$.shippable"),
      url: text("$.url"),
    },
  },
  subscriptions: {
    kind: "subscription",
    fields: { canceled_at: number("$.canceled_at"), created: number("$.created"), status: token("$.status") },
  },
} satisfies Record<string, SearchableResource>;

export type SearchableResourceName = keyof typeof SEARCHABLE_RESOURCES;
