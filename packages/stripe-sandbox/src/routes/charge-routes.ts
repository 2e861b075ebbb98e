import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest } from "../http/errors";
import { METADATA_PARAM, mergeMetadata } from "../http/metadata";
import type { ParsedParams } from "../http/params";
import { email, integer, object, oneOf, text, unsupportedParam } from "../http/params";
import { listRoute, type Route, requireObject, retrieveRoute, route } from "../http/route";
import { captureCharge } from "../payment-flows/capture";
import { previousAttributes } from "../resources/previous-attributes";
import { SHIPPING_PARAM, shippingOf } from "../resources/shipping";

const CHANGES = {
  customer: text(),
  description: text(),
  fraud_details: object({ user_report: oneOf("fraudulent", "safe") }),
  metadata: METADATA_PARAM,
  receipt_email: email(),
  shipping: SHIPPING_PARAM,
  transfer_group: text(),
};

function update(account: Account, params: ParsedParams<typeof CHANGES>, id: string): Stripe.Charge {
  const before = requireObject(account, "charge", { id, noun: "charge" });
  if (params.customer && before.customer)
    throw invalidRequest("You can't change the customer of a charge that has one.", { param: "customer" });
  if (params.customer) requireObject(account, "customer", { id: params.customer, noun: "customer", param: "customer" });
  const report = params.fraud_details?.user_report;
  const after: Stripe.Charge = {
    ...before,
    customer: params.customer ?? before.customer,
    description: params.description === undefined ? before.description : params.description,
    fraud_details: report ? { ...before.fraud_details, user_report: report } : before.fraud_details,
    metadata: mergeMetadata(before.metadata, params.metadata),
    receipt_email: params.receipt_email === undefined ? before.receipt_email : params.receipt_email,
    shipping: params.shipping ? shippingOf(params.shipping) : before.shipping,
    transfer_group: params.transfer_group ?? before.transfer_group,
  };
  account.put(after);
  account.emit("charge.updated", after, previousAttributes(before, after));
  return after;
}

const CAPTURE = {
  amount: integer({ min: 1 }),
  receipt_email: email(),
  statement_descriptor: text({ max: 22 }),
  statement_descriptor_suffix: text({ max: 22 }),
  application_fee: unsupportedParam(),
  application_fee_amount: unsupportedParam(),
  transfer_data: unsupportedParam(),
  transfer_group: text(),
};

function capture(account: Account, params: ParsedParams<typeof CAPTURE>, id: string): Stripe.Charge {
  const charge = requireObject(account, "charge", { id, noun: "charge" });
  if (charge.captured)
    throw invalidRequest(`Charge ${id} has already been captured.`, { code: "charge_already_captured" });
  return captureCharge(account, charge, { amount: params.amount, param: "amount", descriptors: params }).charge;
}

export const chargeRoutes: Route[] = [
  retrieveRoute("charge", "/v1/charges", "charge"),
  route("POST /v1/charges/:id", CHANGES, update),
  route("POST /v1/charges/:id/capture", CAPTURE, capture),
  listRoute("charge", "/v1/charges", {
    shape: { customer: text(), payment_intent: text(), transfer_group: text() },
    where: ({ customer, payment_intent, transfer_group }) => ({
      customer,
      payment_intent,
      "$.transfer_group": transfer_group,
    }),
  }),
];
