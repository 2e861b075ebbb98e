// expand[]: ids replaced by their objects, and fields that are only there when asked for. At most four levels.
import type { Account } from "../account";
import { listOf } from "../objects";
import { asOf } from "../resources/balance-transactions";
import { sourcesOf } from "../resources/customer-sources";
import { confirmationSecret, paymentsOf } from "../resources/invoices";
import { linesOfLink } from "../resources/payment-links";
import { invalid } from "./errors";

type Json = Record<string, unknown>;

/** Fields left out of an object until they are asked for. */
const INCLUDABLE: Record<string, (account: Account, id: string) => unknown> = {
  "checkout.session.line_items": (account, id) =>
    listOf(account.aside<"checkout.session">(id).lineItems, `/v1/checkout/sessions/${id}/line_items`),
  "invoice.payments": (account, id) => paymentsOf(account, id),
  "invoice.confirmation_secret": (account, id) => confirmationSecret(account, id),
  "charge.refunds": (account, id) =>
    listOf(account.list("refund", { where: { source: id } }), `/v1/charges/${id}/refunds`),
  "coupon.applies_to": (account, id) => account.aside<"coupon">(id).appliesTo,
  "coupon.currency_options": (account, id) => account.aside<"coupon">(id).currencyOptions,
  "payment_link.line_items": (account, id) => linesOfLink(account, id),
  "price.currency_options": (account, id) => account.aside<"price">(id).currencyOptions,
  "customer.tax_ids": (account, id) =>
    listOf(account.list("tax_id", { where: { customer: id } }), `/v1/customers/${id}/tax_ids`),
  "customer.sources": (account, id) => sourcesOf(account, id),
  "customer.subscriptions": (account, id) =>
    listOf(account.list("subscription", { where: { customer: id } }), `/v1/subscriptions?customer=${id}`),
};

export function expandPaths(account: Account, answer: object, paths: string[]): object {
  // A copy: what is expanded for one answer must not reach the store or another answer.
  const copy = paths.length > 0 ? JSON.parse(JSON.stringify(answer)) : answer;
  for (const path of paths) {
    const steps = path.split(".");
    // In a list, the leading "data" is one of the four.
    if (steps.length > 4) throw cannotExpand(path, "You cannot expand more than 4 levels of a property.");
    expandAt(account, copy, steps, path);
  }
  return copy;
}

function expandAt(account: Account, here: Json, [step, ...rest]: string[], path: string): void {
  // What was deleted has nothing left to expand.
  if (step === undefined || here.deleted === true) return;
  if (NEVER_EXPANDED.has(step)) throw notExpandable(path);
  const isShown = step in here;
  if (!isShown && ABSENT_UNTIL_SET.has(`${here.object}.${step}`)) return;
  const value = isShown ? resolve(account, here[step]) : included(account, here, step, path);
  here[step] = value;
  if (value === null) return;
  const nested = Array.isArray(value) ? value : [value];
  for (const [index, entry] of nested.entries()) {
    const object = resolve(account, entry);
    if (!isObject(object) || (isShown && rest.length === 0 && !("object" in object))) throw notExpandable(path);
    if (Array.isArray(value)) value[index] = object;
    expandAt(account, object, rest, path);
  }
}

function included(account: Account, here: Json, step: string, path: string): unknown {
  const include = INCLUDABLE[`${here.object}.${step}`];
  if (!include) throw notExpandable(path, here.object === "list" ? `data.${path}` : undefined);
  return JSON.parse(JSON.stringify(include(account, String(here.id))));
}

/** Fields that may always be asked for and are only there once they say something. */
const ABSENT_UNTIL_SET = new Set(["refund.failure_balance_transaction", "customer.default_source"]);

/** Fields that hold an id of their own, or whatever the caller put there. */
const NEVER_EXPANDED = new Set(["id", "metadata", "client_reference_id", "url"]);

function notExpandable(path: string, instead?: string) {
  const hint = instead ? ` You may want to try expanding '${instead}' instead.` : "";
  return cannotExpand(path, `This property cannot be expanded (${path}).${hint}`);
}

function resolve(account: Account, value: unknown): unknown {
  if (typeof value !== "string") return value;
  const found = account.store.findAny(account.id, value);
  if (found?.object === "balance_transaction") return asOf(account, found);
  return found ?? value;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}

function cannotExpand(path: string, message: string) {
  return invalid(message, {
    param: "expand",
    code: path.split(".").length > 4 ? "property_expansion_max_depth" : undefined,
  });
}
