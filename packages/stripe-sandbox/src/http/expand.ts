// Implements the parameter expand[], which puts related objects into an answer.
import type { Account } from "../account";
import { apiListOf } from "../objects";
import { withCurrentStatus } from "../resources/balance-transactions";
import { balanceByCurrency, customerTax, newEmptyCashBalance } from "../resources/customer-expanded-fields";
import { sourcesOf } from "../resources/customer-sources";
import { findConfirmationSecret, findIntentOfInvoice, listInvoicePayments } from "../resources/invoice-payments";
import { linesOfLink } from "../resources/payment-links";
import { invalidRequest, unsupportedError } from "./errors";
import FIELDS from "./stripe-fields.json";

type Json = Record<string, unknown>;

/** Fields that an object contains only if the caller expands them. */
const INCLUDABLE: Record<string, (account: Account, id: string) => unknown> = {
  "checkout.session.line_items": (account, id) =>
    apiListOf(account.internalState<"checkout.session">(id).lineItems, `/v1/checkout/sessions/${id}/line_items`),
  "invoice.payments": (account, id) => listInvoicePayments(account, id),
  "invoice.confirmation_secret": (account, id) => findConfirmationSecret(account, id),
  "charge.refunds": (account, id) =>
    apiListOf(account.list("refund", { where: { source: id } }), `/v1/charges/${id}/refunds`),
  "coupon.applies_to": (account, id) => account.internalState<"coupon">(id).appliesTo,
  "coupon.currency_options": (account, id) => account.internalState<"coupon">(id).currencyOptions,
  "payment_link.line_items": (account, id) => linesOfLink(account, id),
  "price.currency_options": (account, id) => account.internalState<"price">(id).currencyOptions,
  "customer.tax_ids": (account, id) =>
    apiListOf(account.list("tax_id", { where: { customer: id } }), `/v1/customers/${id}/tax_ids`),
  "customer.cash_balance": (account, id) => newEmptyCashBalance(account, id),
  "customer.invoice_credit_balance": (account, id) => balanceByCurrency(account.get("customer", id)),
  "customer.sources": (account, id) => sourcesOf(account, id),
  "customer.subscriptions": (account, id) =>
    apiListOf(account.list("subscription", { where: { customer: id } }), `/v1/subscriptions?customer=${id}`),
  "customer.tax": (account, id) => customerTax(account.get("customer", id)),
  // Always empty, because the stand-in adds no discounts or taxes to the line items of Checkout.
  "item.discounts": () => [],
  "item.taxes": () => [],
};

/**
 * Fields that Stripe removed from its objects in the API version `since`. Callers that use an older API version can
 * still expand them.
 */
const REMOVED: Record<string, { since: string; include: (account: Account, id: string) => unknown }> = {
  "invoice.payment_intent": { since: "2025-03-31", include: (account, id) => findIntentOfInvoice(account, id) },
};

export function expandPaths(account: Account, answer: object, paths: string[]): object {
  // Works on a copy, because objects expanded for one answer must not reach the store or another answer.
  const copy = paths.length > 0 ? JSON.parse(JSON.stringify(answer)) : answer;
  for (const path of paths) {
    const steps = path.split(".");
    // In a list, the leading "data" of a path counts as one of the four levels.
    if (steps.length > 4) throw cannotExpand(path, "You cannot expand more than 4 levels of a property.");
    expandAt(account, copy, { steps, path });
  }
  return copy;
}

function expandAt(
  account: Account,
  here: Json,
  { steps: [step, ...rest], path }: { steps: string[]; path: string },
): void {
  if (step === undefined || here.deleted === true) return;
  if (NEVER_EXPANDED.has(step)) throw notExpandable(path);
  if (step === "breakdown" && "amount_discount" in here) here.breakdown = { discounts: [], taxes: [] };
  const isShown = step in here;
  if (!isShown && ABSENT_UNTIL_SET.has(`${here.object}.${step}`)) return;
  const value = isShown ? resolve(account, here[step]) : included(account, here, { step, path });
  here[step] = value;
  if (value === null) return;
  const nested = Array.isArray(value) ? value : [value];
  for (const [index, entry] of nested.entries()) {
    const object = resolve(account, entry);
    if (!isObject(object) || (isShown && rest.length === 0 && !("object" in object) && step !== "breakdown"))
      throw notExpandable(path);
    if (Array.isArray(value)) value[index] = object;
    expandAt(account, object, { steps: rest, path });
  }
}

function included(account: Account, here: Json, { step, path }: { step: string; path: string }): unknown {
  const field = `${here.object}.${step}`;
  const removed = REMOVED[field];
  const include = INCLUDABLE[field] ?? (removed && account.apiVersion < removed.since ? removed.include : undefined);
  if (!include && isStripeField(here, step)) throw unsupportedError(`expand=${path}`);
  if (!include) throw notExpandable(path, here.object === "list" ? `data.${path}` : undefined);
  return JSON.parse(JSON.stringify(include(account, String(here.id))));
}

const OPTIONAL: Record<string, string> = FIELDS;

function isStripeField({ object }: Json, step: string): boolean {
  return OPTIONAL[String(object)]?.split(" ").includes(step) ?? false;
}

/** Fields that an object contains only if they have a value. A request may expand them even if they are missing. */
const ABSENT_UNTIL_SET = new Set([
  "customer.default_source",
  "plan.tiers",
  "price.tiers",
  "refund.failure_balance_transaction",
]);

/** Fields that cannot be expanded: the object's own id and URL, and the caller's own data. */
const NEVER_EXPANDED = new Set(["id", "metadata", "client_reference_id", "url"]);

function notExpandable(path: string, instead?: string) {
  const hint = instead ? ` You may want to try expanding '${instead}' instead.` : "";
  return cannotExpand(path, `This property cannot be expanded (${path}).${hint}`);
}

function resolve(account: Account, value: unknown): unknown {
  if (typeof value !== "string") return value;
  const found = account.store.findAny(account.id, value);
  if (found?.object === "balance_transaction") return withCurrentStatus(account, found);
  return found ?? value;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}

function cannotExpand(path: string, message: string) {
  return invalidRequest(message, {
    param: "expand",
    code: path.split(".").length > 4 ? "property_expansion_max_depth" : undefined,
  });
}
