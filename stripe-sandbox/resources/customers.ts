// Customers: made by the API, or by Checkout for a recurring gift.
import type Stripe from "stripe";
import type { Account } from "../account";
import { notBuilt } from "../http/errors";
import type { Read } from "../http/params";
import { email, list, object, oneOf, required, text, unbuilt } from "../http/params";
import { found, listRoute, META, mergeMetadata, type Route, retrieveRoute, route, withoutEmpty } from "../http/route";

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
    test_clock: null,
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

/** `previous_attributes`: the former value of each top-level field that changed. */
export function changesBetween<T extends object>(before: T, after: T): Record<string, unknown> {
  const changed = Object.entries(before).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify((after as Record<string, unknown>)[name]),
  );
  return Object.fromEntries(changed);
}

/** Stripe ends a customer's recurring payments first; that is not built, so it is refused loudly rather than half done. */
function remove(account: Account, id: string): Stripe.DeletedCustomer {
  const customer = found(account, "customer", id, "customer");
  const active = account.list("subscription", { where: { customer: id } }).filter((each) => each.status !== "canceled");
  if (active.length > 0) throw notBuilt("deleting a customer who has active subscriptions: cancel them first");
  account.store.drop(account.id, id);
  account.emit("customer.deleted", customer);
  return { id, object: "customer", deleted: true };
}

export const customerRoutes: Route[] = [
  route("POST /v1/customers", { ...FIELDS, payment_method: unbuilt(), test_clock: unbuilt() }, (account, params) => {
    const customer = apply(createCustomer(account, { metadata: withoutEmpty(params.metadata) }), params);
    account.put(customer);
    account.emit("customer.created", customer);
    return customer;
  }),
  route("POST /v1/customers/:id", FIELDS, (account, params, id) => update(account, id, params)),
  route("DELETE /v1/customers/:id", {}, (account, _, id) => remove(account, id)),
  retrieveRoute("customer", "/v1/customers", "customer"),
  listRoute("customer", "/v1/customers", { email: text() }, (params) => ({ "$.email": params.email })),
];
