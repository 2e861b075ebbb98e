// Handles the calls for customers. After a customer is deleted, only `{ id, deleted: true }` remains.
import type Stripe from "stripe";
import type { Account } from "../account";
import { notFoundError } from "../http/errors";
import type { ParsedParams } from "../http/params";
import { list, object, text } from "../http/params";
import { listRoute, type Route, requireObject, route } from "../http/route";
import { accountOnTestClock } from "./account-at-test-clock";
import { CUSTOMER_FIELDS, setCustomerBalance, withCustomerFields } from "./customer-changes";
import { applyCustomerDiscount } from "./customer-discount";
import { applyCardSource, CARD_SOURCE_PARAM } from "./customer-sources";
import { refuseOlderParameter } from "./older-parameters";
import { attachMethod, findOrCreateMethod } from "./payment-methods";
import { previousAttributes } from "./previous-attributes";
import { cancelNow } from "./subscription-cancel";
import { createTaxId, TAX_ID_CREATE_PARAMS } from "./tax-ids";

export type NewCustomer = {
  email?: string | null;
  name?: string | null;
  description?: string | null;
  phone?: string | null;
  metadata?: Record<string, string>;
  testClock?: string | null;
};

export function createCustomer(account: Account, input: NewCustomer): Stripe.Customer {
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
    description: input.description ?? null,
    discount: null,
    email: input.email ?? null,
    invoice_prefix: id.slice(-8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: account.livemode,
    metadata: input.metadata ?? {},
    name: input.name ?? null,
    next_invoice_sequence: 1,
    phone: input.phone ?? null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: input.testClock ?? null,
  };
  account.put(customer);
  return customer;
}

const NEW_CUSTOMER = {
  ...CUSTOMER_FIELDS,
  source: CARD_SOURCE_PARAM,
  payment_method: text(),
  tax_id_data: list(object(TAX_ID_CREATE_PARAMS), { max: 5 }),
  test_clock: text(),
};

function create(caller: Account, params: ParsedParams<typeof NEW_CUSTOMER>): Stripe.Customer {
  const { test_clock: testClock = null, payment_method: method } = params;
  checkOlder(caller, params);
  if (testClock)
    requireObject(caller, "test_helpers.test_clock", { id: testClock, noun: "test clock", param: "test_clock" });
  const account = accountOnTestClock(caller, { test_clock: testClock });
  const described = withCustomerFields(createCustomer(account, { testClock }), params);
  const customer = setCustomerBalance(account, described, params.balance);
  account.put(customer);
  account.emit("customer.created", customer);
  for (const taxId of params.tax_id_data ?? []) createTaxId(account, customer.id, taxId);
  const attached = method
    ? attachMethod(account, findOrCreateMethod(account, method, "payment_method"), customer.id).id
    : null;
  const paying = withDefaultMethod(account, applyCardSource(account, customer, params), {
    params,
    attached: {
      [method ?? ""]: attached,
    },
  });
  return applyCustomerDiscount(account, paying, params);
}

/**
 * Sets the default payment method for invoices. If the same call attached a test method such as `pm_card_visa`, uses
 * the attached one instead of creating another.
 */
function withDefaultMethod(
  account: Account,
  customer: Stripe.Customer,
  {
    params: { invoice_settings: settings },
    attached = {},
  }: { params: ParsedParams<typeof CUSTOMER_FIELDS>; attached?: Record<string, string | null> },
): Stripe.Customer {
  const input = settings?.default_payment_method;
  if (input === undefined) return customer;
  const id = input && (attached[input] ?? ownMethod(account, customer.id, input));
  const invoice_settings = { ...customer.invoice_settings, default_payment_method: id };
  const changed: Stripe.Customer = { ...customer, invoice_settings };
  account.put(changed);
  return changed;
}

function ownMethod(account: Account, customer: string, id: string): string {
  const param = "invoice_settings[default_payment_method]";
  const method = findOrCreateMethod(account, id, param);
  if (method.customer === customer) return method.id;
  if (method.id !== id) return attachMethod(account, method, customer).id;
  throw notFoundError("PaymentMethod", id, param);
}

function checkOlder(account: Account, params: Record<string, unknown>): void {
  refuseOlderParameter(account, params, { param: "coupon", instead: "discounts on subscriptions" });
  refuseOlderParameter(account, params, { param: "promotion_code", instead: "discounts on subscriptions" });
}

const CHANGES = { ...CUSTOMER_FIELDS, default_source: text(), source: CARD_SOURCE_PARAM };

function update(caller: Account, params: ParsedParams<typeof CHANGES>, id: string): Stripe.Customer {
  const before = requireObject(caller, "customer", { id, noun: "customer" });
  checkOlder(caller, params);
  const account = accountOnTestClock(caller, before);
  const described = applyCardSource(
    account,
    setCustomerBalance(account, withCustomerFields(before, params), params.balance),
    params,
  );
  const after = applyCustomerDiscount(account, withDefaultMethod(account, described, { params }), params);
  account.put(after);
  account.emit("customer.updated", after, previousAttributes(before, after));
  return after;
}

export function deleteCustomer(account: Account, customer: Stripe.Customer): Stripe.DeletedCustomer {
  const { id } = customer;
  const living = account.list("subscription", { where: { customer: id, "$.status": { not: "canceled" } } });
  for (const subscription of living) cancelNow(account, subscription);
  for (const invoice of account.list("invoice", { where: { customer: id, "$.status": { anyOf: ["draft", "open"] } } }))
    account.put({ ...invoice, auto_advance: false, next_payment_attempt: null });
  for (const method of account.list("payment_method", { where: { customer: id } }))
    account.put({ ...method, customer: null });
  const gone = { id, object: "customer", deleted: true } as const;
  account.store.replaceWithTombstone(account.id, gone);
  account.emit("customer.deleted", customer);
  return gone;
}

function retrieve(account: Account, id: string): Stripe.Customer | Stripe.DeletedCustomer {
  const gone = account.store.findTombstone(account.id, id);
  return gone?.object === "customer" ? gone : requireObject(account, "customer", { id, noun: "customer" });
}

export const customerRoutes: Route[] = [
  route("POST /v1/customers", NEW_CUSTOMER, create),
  route("POST /v1/customers/:id", CHANGES, update),
  route("DELETE /v1/customers/:id", {}, (account, _, id) => {
    const customer = requireObject(account, "customer", { id, noun: "customer" });
    return deleteCustomer(accountOnTestClock(account, customer), customer);
  }),
  route("GET /v1/customers/:id", {}, (account, _, id) => retrieve(account, id)),
  listRoute("customer", "/v1/customers", {
    shape: { email: text(), test_clock: text() },
    where: (params) => ({
      "$.email": params.email,
      "$.test_clock": params.test_clock,
    }),
  }),
];
