import { METADATA_PARAM } from "../http/metadata";
import {
  declareUnsupportedParams,
  list,
  object,
  oneOf,
  type ParsedParams,
  requiredParam,
  text,
  unsupportedParam,
  url,
} from "../http/params";
import { CHECKOUT_SESSION_CREATE_PARAMS, LINE_ITEM } from "./session-params";

export const PAYMENT_LINK_SESSION_PARAMS = {
  automatic_tax: CHECKOUT_SESSION_CREATE_PARAMS.automatic_tax,
  invoice_creation: CHECKOUT_SESSION_CREATE_PARAMS.invoice_creation,
  name_collection: CHECKOUT_SESSION_CREATE_PARAMS.name_collection,
  payment_method_collection: CHECKOUT_SESSION_CREATE_PARAMS.payment_method_collection,
  allow_promotion_codes: CHECKOUT_SESSION_CREATE_PARAMS.allow_promotion_codes,
  billing_address_collection: CHECKOUT_SESSION_CREATE_PARAMS.billing_address_collection,
  consent_collection: CHECKOUT_SESSION_CREATE_PARAMS.consent_collection,
  custom_fields: CHECKOUT_SESSION_CREATE_PARAMS.custom_fields,
  custom_text: CHECKOUT_SESSION_CREATE_PARAMS.custom_text,
  customer_creation: CHECKOUT_SESSION_CREATE_PARAMS.customer_creation,
  metadata: METADATA_PARAM,
  payment_intent_data: CHECKOUT_SESSION_CREATE_PARAMS.payment_intent_data,
  payment_method_types: CHECKOUT_SESSION_CREATE_PARAMS.payment_method_types,
  phone_number_collection: CHECKOUT_SESSION_CREATE_PARAMS.phone_number_collection,
  submit_type: CHECKOUT_SESSION_CREATE_PARAMS.submit_type,
  subscription_data: CHECKOUT_SESSION_CREATE_PARAMS.subscription_data,
};

export const PAYMENT_LINK_CREATE_PARAMS = {
  ...PAYMENT_LINK_SESSION_PARAMS,
  after_completion: object({
    hosted_confirmation: object({ custom_message: text({ max: 500 }) }),
    redirect: object({ url: requiredParam(url()) }),
    type: requiredParam(oneOf("hosted_confirmation", "redirect")),
  }),
  currency: text({ max: 3 }),
  inactive_message: text({ max: 500 }),
  line_items: requiredParam(list(requiredParam(object(LINE_ITEM)), { max: 20 })),
  ...declareUnsupportedParams(`application_fee_amount application_fee_percent managed_payments on_behalf_of optional_items
    payment_method_options shipping_options tax_id_collection transfer_data`),
  restrictions: unsupportedParam(),
  shipping_address_collection: unsupportedParam(),
};

export type PaymentLinkParams = ParsedParams<typeof PAYMENT_LINK_CREATE_PARAMS>;
