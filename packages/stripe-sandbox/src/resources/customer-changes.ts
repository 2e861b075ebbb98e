import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest } from "../http/errors";
import { METADATA_PARAM, mergeMetadata } from "../http/metadata";
import type { ParsedParams } from "../http/params";
import { boolean, email, integer, list, object, oneOf, requiredParam, text, unsupportedParam } from "../http/params";
import { ADDRESS_PARAM, addressOf } from "./address";
import { addToCustomerBalance } from "./customer-balance";

export const CUSTOMER_FIELDS = {
  address: ADDRESS_PARAM,
  balance: integer(),
  business_name: text({ max: 150 }),
  cash_balance: unsupportedParam(),
  coupon: text(),
  description: text(),
  email: email(),
  individual_name: text({ max: 150 }),
  invoice_prefix: text({ max: 12 }),
  invoice_settings: object({
    custom_fields: list(object({ name: requiredParam(text({ max: 40 })), value: requiredParam(text({ max: 140 })) }), {
      max: 4,
    }),
    default_payment_method: text(),
    footer: text(),
    rendering_options: object({ amount_tax_display: oneOf("exclude_tax", "include_inclusive_tax"), template: text() }),
  }),
  metadata: METADATA_PARAM,
  name: text({ max: 256 }),
  next_invoice_sequence: integer({ min: 1 }),
  phone: text({ max: 20 }),
  preferred_locales: list(requiredParam(text())),
  promotion_code: text(),
  shipping: object({ address: requiredParam(ADDRESS_PARAM), name: requiredParam(text()), phone: text() }),
  tax: unsupportedParam(),
  tax_exempt: oneOf("none", "exempt", "reverse"),
  validate: boolean(),
};
export type CustomerChangeParams = ParsedParams<typeof CUSTOMER_FIELDS>;

export function withCustomerFields(customer: Stripe.Customer, params: CustomerChangeParams): Stripe.Customer {
  const changed = { ...customer };
  for (const name of ["description", "email", "name", "phone"] as const)
    if (params[name] !== undefined) changed[name] = params[name];
  for (const name of ["business_name", "individual_name"] as const) changed[name] = params[name] ?? changed[name];
  if (params.address !== undefined) changed.address = params.address && addressOf(params.address);
  if (params.shipping !== undefined) changed.shipping = shippingOf(params.shipping);
  if (params.preferred_locales) changed.preferred_locales = params.preferred_locales;
  if (params.tax_exempt !== undefined) changed.tax_exempt = params.tax_exempt ?? "none";
  if (params.invoice_prefix) changed.invoice_prefix = prefixOf(params.invoice_prefix);
  if (params.next_invoice_sequence) changed.next_invoice_sequence = params.next_invoice_sequence;
  changed.invoice_settings = settingsOf(changed.invoice_settings, params.invoice_settings);
  changed.metadata = mergeMetadata(changed.metadata, params.metadata);
  return changed;
}

function shippingOf(input: CustomerChangeParams["shipping"]): Stripe.Customer.Shipping | null {
  return input ? { address: addressOf(input.address), name: input.name, phone: input.phone ?? null } : null;
}

function prefixOf(prefix: string): string {
  if (/^[A-Z0-9]{3,12}$/.test(prefix)) return prefix;
  throw invalidRequest("An invoice prefix must be 3 to 12 upper-case letters or digits.", { param: "invoice_prefix" });
}

function settingsOf(
  before: Stripe.Customer.InvoiceSettings,
  input: CustomerChangeParams["invoice_settings"],
): Stripe.Customer.InvoiceSettings {
  if (!input) return before;
  const { custom_fields: fields, footer, rendering_options: options } = input;
  return {
    ...before,
    custom_fields: fields ?? before.custom_fields,
    footer: footer === undefined ? before.footer : footer,
    rendering_options: options
      ? { amount_tax_display: options.amount_tax_display ?? null, template: options.template ?? null }
      : before.rendering_options,
  };
}

export function setCustomerBalance(account: Account, customer: Stripe.Customer, balance: number | null | undefined) {
  if (balance === undefined || balance === null || balance === customer.balance) return customer;
  const currency = customer.currency ?? "usd";
  return addToCustomerBalance(account, customer, { amount: balance - customer.balance, currency }).customer;
}
