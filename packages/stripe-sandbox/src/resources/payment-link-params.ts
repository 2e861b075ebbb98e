// The parameters of a payment link.
import { META } from "../http/metadata";
import { list, object, oneOf, type Read, required, text, unbuilt, unbuiltAll, url } from "../http/params";
import { CREATE, LINE_ITEM } from "./session-params";

/** Parameters that a link passes to each of its sessions. */
export const HANDED_ON = {
  automatic_tax: CREATE.automatic_tax,
  invoice_creation: CREATE.invoice_creation,
  name_collection: CREATE.name_collection,
  payment_method_collection: CREATE.payment_method_collection,
  allow_promotion_codes: CREATE.allow_promotion_codes,
  billing_address_collection: CREATE.billing_address_collection,
  consent_collection: CREATE.consent_collection,
  custom_fields: CREATE.custom_fields,
  custom_text: CREATE.custom_text,
  customer_creation: CREATE.customer_creation,
  metadata: META,
  payment_intent_data: CREATE.payment_intent_data,
  payment_method_types: CREATE.payment_method_types,
  phone_number_collection: CREATE.phone_number_collection,
  submit_type: CREATE.submit_type,
  subscription_data: CREATE.subscription_data,
};

export const NEW_LINK = {
  ...HANDED_ON,
  after_completion: object({
    hosted_confirmation: object({ custom_message: text({ max: 500 }) }),
    redirect: object({ url: required(url()) }),
    type: required(oneOf("hosted_confirmation", "redirect")),
  }),
  currency: text({ max: 3 }),
  inactive_message: text({ max: 500 }),
  line_items: required(list(required(object(LINE_ITEM)), { max: 20 })),
  ...unbuiltAll(`application_fee_amount application_fee_percent managed_payments on_behalf_of optional_items
    payment_method_options shipping_options tax_id_collection transfer_data`),
  restrictions: unbuilt(),
  shipping_address_collection: unbuilt(),
};

export type NewLink = Read<typeof NEW_LINK>;
