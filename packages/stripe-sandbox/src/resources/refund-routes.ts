import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest, notFoundError } from "../http/errors";
import { METADATA_PARAM, mergeMetadata, withoutEmptyValues } from "../http/metadata";
import type { ParsedParams } from "../http/params";
import { boolean, integer, oneOf, text, unsupportedParam } from "../http/params";
import type { Route } from "../http/route";
import {
  listPage,
  listRoute,
  nestedRoute,
  PAGINATION_PARAMS,
  parsePagingParams,
  requireObject,
  retrieveRoute,
  route,
} from "../http/route";
import { idOf } from "../objects";
import { previousAttributes } from "./previous-attributes";
import { createRefund } from "./refunds";

const REFUND_FIELDS = {
  amount: integer(),
  metadata: METADATA_PARAM,
  reason: oneOf("duplicate", "fraudulent", "requested_by_customer"),
  refund_application_fee: boolean(),
  reverse_transfer: boolean(),
};
const CREATE = {
  ...REFUND_FIELDS,
  charge: text(),
  payment_intent: text(),
  currency: text(),
  instructions_email: text(),
  customer: unsupportedParam(),
  origin: unsupportedParam(),
};

function create(account: Account, params: ParsedParams<typeof CREATE>) {
  const { charge, payment_intent, amount, reason, metadata } = params;
  return createRefund(account, { charge, payment_intent, amount, reason, metadata: withoutEmptyValues(metadata) });
}

function createForCharge(account: Account, params: ParsedParams<typeof REFUND_FIELDS>, charge: string) {
  requireObject(account, "charge", { id: charge, noun: "charge" });
  const { amount, reason, metadata } = params;
  return createRefund(account, { charge, amount, reason, metadata: withoutEmptyValues(metadata) });
}

function update(account: Account, params: { metadata: ParsedParams<typeof REFUND_FIELDS>["metadata"] }, id: string) {
  const before = requireObject(account, "refund", { id, noun: "refund" });
  const after = { ...before, metadata: mergeMetadata(before.metadata ?? {}, params.metadata) };
  account.put(after);
  account.emit("refund.updated", after, previousAttributes(before, after));
  account.emit("charge.refund.updated", after, previousAttributes(before, after));
  return after;
}

function listOfCharge(account: Account, params: ParsedParams<typeof PAGINATION_PARAMS>, id: string) {
  requireObject(account, "charge", { id, noun: "charge" });
  const path = `/v1/charges/${id}/refunds`;
  return listPage(account, {
    kind: "refund",
    path,
    where: { source: id },
    ...parsePagingParams(account, params, "refund"),
  });
}

/** Returns the refund. Throws unless it is a refund of this charge. */
function ofCharge(account: Account, charge: string, id: string): Stripe.Refund {
  const refund = requireObject(account, "refund", { id, noun: "refund" });
  if (idOf(refund.charge) !== charge) throw notFoundError("refund", id);
  return refund;
}

/**
 * Always throws. Stripe only cancels a refund that waits for the payer's bank details, and the stand-in has no such
 * refunds.
 */
function cancel(account: Account, id: string): never {
  const { status } = requireObject(account, "refund", { id, noun: "refund" });
  throw invalidRequest(
    `You cannot cancel this refund because it has a status of ${status}. Only refunds with a status of requires_action can be canceled.`,
  );
}

export const refundRoutes: Route[] = [
  route("POST /v1/refunds", CREATE, create),
  route("POST /v1/refunds/:id", { metadata: METADATA_PARAM }, update),
  route("POST /v1/refunds/:id/cancel", {}, (account, _, id) => cancel(account, id)),
  retrieveRoute("refund", "/v1/refunds", "refund"),
  listRoute("refund", "/v1/refunds", {
    shape: { charge: text(), payment_intent: text() },
    where: (params) => ({
      source: params.charge,
      payment_intent: params.payment_intent,
    }),
  }),
  route("POST /v1/charges/:id/refunds", REFUND_FIELDS, createForCharge),
  route("POST /v1/charges/:id/refund", REFUND_FIELDS, (account, params, id) => {
    createForCharge(account, params, id);
    return account.get("charge", id);
  }),
  route("GET /v1/charges/:id/refunds", PAGINATION_PARAMS, listOfCharge),
  nestedRoute("GET /v1/charges/:id/refunds/:refund", {}, (account, _, { id, innerId }) =>
    ofCharge(account, id, innerId),
  ),
];
