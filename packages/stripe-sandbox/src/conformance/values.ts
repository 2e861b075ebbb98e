// Stores in two files the values and optional fields that the `stripe` package's types declare, because reading the
// declarations takes seconds.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type Stripe from "stripe";
import { findParamReader } from "../http/known-values";
import { ROUTES } from "../routes/all-routes";
import { listEndpointsBySdkMethod } from "./methods";
import { listOptionalFieldsHoldingObjects, listSdkMethodParameters, type SdkParameter } from "./parameters";

const FOLDER = join(import.meta.dirname, "..", "http");

/**
 * For each endpoint and parameter, the values that the types of the `stripe` package list, as one text with spaces
 * between them. If the text ends with "…", the parameter accepts other values too.
 */
type Values = Record<string, Record<string, string>>;

export function listSdkParameterValues(stripe: Stripe): Values {
  const found: Values = {};
  for (const [method, address] of listEndpointsBySdkMethod(stripe)) {
    const route = ROUTES.find(({ method: verb, path }) => endpointWithIdPlaceholders(verb, path) === address);
    if (!route) continue;
    const listed = withOlder(listSdkMethodParameters(method)).filter(
      ({ name, values }) => values.length > 0 && findParamReader(route.shape, name),
    );
    if (listed.length > 0)
      found[address] = Object.fromEntries(listed.map((parameter) => [parameter.name, textOf(parameter)]));
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => a.localeCompare(b, "en")));
}

export function endpointWithIdPlaceholders(method: string, path: string): string {
  return `${method} ${path.replaceAll(/:\w+/g, ":id")}`;
}

/**
 * Adds `payment_method_types`, the older name of `allowed_payment_method_types`, if the types of the `stripe` package
 * list only the newer name. Both parameters accept the same values.
 */
function withOlder(parameters: SdkParameter[]): SdkParameter[] {
  const newer = parameters.find(({ name }) => name === "allowed_payment_method_types");
  const isThere = parameters.some(({ name }) => name === "payment_method_types");
  return newer && !isThere ? [...parameters, { ...newer, name: "payment_method_types" }] : parameters;
}

function textOf({ values, acceptsOtherValues }: SdkParameter): string {
  return [...values, ...(acceptsOtherValues ? ["…"] : [])].join(" ");
}

export function formatStripeValueAndFieldFiles(stripe: Stripe): [string, string][] {
  const fields = listOptionalFieldsHoldingObjects(KINDS);
  const listed = Object.fromEntries(Object.entries(fields).map(([kind, names]) => [kind, names.join(" ")]));
  return [
    ["stripe-values.json", textOfFile(listSdkParameterValues(stripe))],
    ["stripe-fields.json", textOfFile(listed)],
  ];
}

const KINDS = `account balance balance_transaction billing_portal.configuration billing_portal.session card charge
  checkout.session coupon customer customer_balance_transaction customer_session discount dispute ephemeral_key event
  file invoice invoice_payment invoiceitem item line_item mandate payment_intent payment_link payment_method payout plan price
  product promotion_code radar.early_fraud_warning refund setup_attempt setup_intent shipping_rate subscription
  subscription_item tax_id tax_rate test_helpers.test_clock token webhook_endpoint`.split(/\s+/);

function textOfFile(content: object): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

export function writeStripeTypesAsJson(stripe: Stripe): void {
  for (const [name, text] of formatStripeValueAndFieldFiles(stripe)) writeFileSync(join(FOLDER, name), text);
}
