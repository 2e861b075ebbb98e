// Customers: made by the API, or by Checkout for a recurring gift.
import type Stripe from "stripe";
import type { Account } from "../account";
import type { Read } from "../http/params";
import { email, list, object, oneOf, required, text, unbuilt } from "../http/params";
import { found, listRoute, META, mergeMetadata, type Route, retrieveRoute, route, withoutEmpty } from "../http/route";
import { onClockOf } from "../stories/test-clock";
import { changesBetween } from "./changes-between";
import { cancelNow } from "./subscription-changes";

export const ADDRESS = object({
  city: text(),
  country: text(),
  line1: text(),
  line2: text(),
  postal_code: text(),
  state: text(),
});

const FIELDS = {
  address: ADDRESS,
  description: text(),
  email: email(),
  invoice_settings: object({ default_payment_method: text(), custom_fields: unbuilt(), footer: text() }),
  metadata: META,
  name: text({ max: 256 }),
  phone: text({ max: 20 }),
  preferred_locales: list(required(text())),
  shipping: unbuilt(),
  tax_exempt: oneOf("none", "exempt", "reverse"),
  balance: unbuilt(),
  source: unbuilt(),
  tax: unbuilt(),
};

export interface NewCustomer {
  email?: string | null;
  name?: string | null;
  description?: string | null;
  phone?: string | null;
  metadata?: Record<string, string>;
  testClock?: string | null;
}

export function createCustomer(account: Account, given: NewCustomer): Stripe.Customer {
  const id = account.newId("cus_");
  const customer: Stripe.Customer = {
    id,
    object: "customer",
    address: null,
    balance: 0,
    created: account.now(),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: given.description ?? null,
    discount: null,
    email: given.email ?? null,
    invoice_prefix: id.slice(-8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: account.livemode,
    metadata: given.metadata ?? {},
    name: given.name ?? null,
    next_invoice_sequence: 1,
    phone: given.phone ?? null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: given.testClock ?? null,
  };
  account.put(customer);
  return customer;
}

function apply(customer: Stripe.Customer, params: Read<typeof FIELDS>): Stripe.Customer {
  const changed = { ...customer };
  for (const name of ["description", "email", "name", "phone"] as const) {
    const value = params[name];
    if (value !== undefined) changed[name] = value;
  }
  if (params.address !== undefined) changed.address = params.address && addressOf(params.address);
  if (params.preferred_locales) changed.preferred_locales = params.preferred_locales;
  if (params.tax_exempt) changed.tax_exempt = params.tax_exempt;
  const method = params.invoice_settings?.default_payment_method;
  if (method !== undefined) changed.invoice_settings = { ...changed.invoice_settings, default_payment_method: method };
  changed.metadata = mergeMetadata(changed.metadata, params.metadata);
  return changed;
}

export function addressOf(given: Partial<Record<keyof Stripe.Address, string | null>>): Stripe.Address {
  const { city = null, country = null, line1 = null, line2 = null, postal_code = null, state = null } = given;
  return { city, country, line1, line2, postal_code, state };
}

function update(account: Account, id: string, params: Read<typeof FIELDS>): Stripe.Customer {
  const before = found(account, "customer", id, "customer");
  const after = apply(before, params);
  const method = after.invoice_settings.default_payment_method;
  if (typeof method === "string")
    found(account, "payment_method", method, "PaymentMethod", "invoice_settings[default_payment_method]");
  account.put(after);
  account.emit("customer.updated", after, changesBetween(before, after));
  return after;
}

/** Her recurring payments end first, then she is gone. */
export function endCustomer(account: Account, customer: Stripe.Customer): Stripe.DeletedCustomer {
  const { id } = customer;
  const living = account.list("subscription", { where: { customer: id, "$.status": { not: "canceled" } } });
  for (const subscription of living) cancelNow(account, subscription);
  account.store.drop(account.id, id);
  account.emit("customer.deleted", customer);
  return { id, object: "customer", deleted: true };
}

export const customerRoutes: Route[] = [
  route("POST /v1/customers", { ...FIELDS, payment_method: unbuilt(), test_clock: text() }, (given, params) => {
    const { test_clock: clock } = params;
    if (clock) found(given, "test_helpers.test_clock", clock, "test clock", "test_clock");
    const account = onClockOf(given, { test_clock: clock ?? null });
    const metadata = withoutEmpty(params.metadata);
    const customer = apply(createCustomer(account, { metadata, testClock: clock }), params);
    account.put(customer);
    account.emit("customer.created", customer);
    return customer;
  }),
  route("POST /v1/customers/:id", FIELDS, (account, params, id) => update(account, id, params)),
  route("DELETE /v1/customers/:id", {}, (account, _, id) => {
    const customer = found(account, "customer", id, "customer");
    return endCustomer(onClockOf(account, customer), customer);
  }),
  retrieveRoute("customer", "/v1/customers", "customer"),
  listRoute("customer", "/v1/customers", { email: text() }, (params) => ({ "$.email": params.email })),
];
