// What may be asked of a Checkout Session: everything the Checkout page acts on or the session shows again; the rest of
// Stripe's parameters is named and refused as not built.
import type { Read } from "../http/params";
import { email, flag, integer, list, object, oneOf, required, text, unbuilt, url } from "../http/params";
import { META } from "../http/route";
import { PRICE_DATA } from "./prices";

const LINE_ITEM = object({
  price: text(),
  price_data: object(PRICE_DATA),
  quantity: integer({ min: 1, max: 999_999 }),
  metadata: META,
  adjustable_quantity: unbuilt(),
  tax_rates: unbuilt(),
});

const MESSAGE = object({ message: required(text({ max: 1200 })) });

export const CREATE = {
  mode: required(oneOf("payment", "setup", "subscription")),
  line_items: list(LINE_ITEM),
  success_url: url(),
  cancel_url: url(),
  client_reference_id: text({ max: 200 }),
  customer: text(),
  customer_email: email(),
  customer_creation: oneOf("always", "if_required"),
  expires_at: integer(),
  locale: text({ max: 10 }),
  metadata: META,
  submit_type: oneOf("auto", "book", "donate", "pay", "subscribe"),
  ui_mode: oneOf("hosted_page", "embedded_page", "elements", "form"),
  payment_intent_data: object({
    capture_method: oneOf("automatic", "automatic_async"),
    description: text(),
    metadata: META,
    receipt_email: email(),
    setup_future_usage: oneOf("on_session", "off_session"),
    statement_descriptor_suffix: text({ max: 22 }),
    shipping: unbuilt(),
    statement_descriptor: unbuilt(),
    transfer_data: unbuilt(),
  }),
  subscription_data: object({
    billing_mode: object({ type: required(oneOf("classic", "flexible")) }),
    description: text({ max: 500 }),
    metadata: META,
    proration_behavior: oneOf("create_prorations", "none"),
    billing_cycle_anchor: unbuilt(),
    trial_end: unbuilt(),
    trial_period_days: unbuilt(),
    trial_settings: unbuilt(),
  }),
  adaptive_pricing: object({ enabled: flag() }),
  allow_promotion_codes: flag(),
  automatic_tax: object({ enabled: required(flag()) }),
  billing_address_collection: oneOf("auto", "required"),
  custom_text: object({
    after_submit: MESSAGE,
    shipping_address: MESSAGE,
    submit: MESSAGE,
    terms_of_service_acceptance: MESSAGE,
  }),
  payment_method_collection: oneOf("always", "if_required"),
  payment_method_types: list(required(text())),
  phone_number_collection: object({ enabled: required(flag()) }),
  excluded_payment_method_types: list(required(text())),
  after_expiration: unbuilt(),
  consent_collection: unbuilt(),
  custom_fields: unbuilt(),
  discounts: unbuilt(),
  invoice_creation: unbuilt(),
  payment_method_options: unbuilt(),
  return_url: unbuilt(),
  saved_payment_method_options: unbuilt(),
  shipping_address_collection: unbuilt(),
  shipping_options: unbuilt(),
  tax_id_collection: unbuilt(),
};
export type Create = Read<typeof CREATE>;
