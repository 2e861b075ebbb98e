import type { Account } from "../account";
import { METADATA_PARAM, mergeMetadata, withoutEmptyValues } from "../http/metadata";
import type { ParsedParams } from "../http/params";
import { integer, oneOf, requiredParam, text, timeRange, unsupportedParam } from "../http/params";
import { listRoute, type Route, requireObject, retrieveRoute, route } from "../http/route";
import { cancelPayout, createPayout } from "./payouts";
import { previousAttributes } from "./previous-attributes";
import { checkCurrency } from "./price-object";

const CREATE = {
  amount: requiredParam(integer({ min: 1 })),
  currency: requiredParam(text({ max: 3 })),
  description: text(),
  metadata: METADATA_PARAM,
  method: oneOf("standard", "instant"),
  source_type: oneOf("card"),
  statement_descriptor: text({ max: 22 }),
  destination: unsupportedParam(),
  payout_method: unsupportedParam(),
};

function create(account: Account, params: ParsedParams<typeof CREATE>) {
  const currency = params.currency.toLowerCase();
  checkCurrency(currency, "currency");
  const { amount, description, method, statement_descriptor: descriptor } = params;
  const metadata = withoutEmptyValues(params.metadata);
  return createPayout(account, { amount, currency, description, method, descriptor, metadata });
}

function update(account: Account, params: { metadata: ParsedParams<typeof CREATE>["metadata"] }, id: string) {
  const before = requireObject(account, "payout", { id, noun: "payout" });
  const after = { ...before, metadata: mergeMetadata(before.metadata ?? {}, params.metadata) };
  account.put(after);
  account.emit("payout.updated", after, previousAttributes(before, after));
  return after;
}

const LISTED = { status: text(), destination: text(), arrival_date: timeRange() };

export const payoutRoutes: Route[] = [
  route("POST /v1/payouts", CREATE, create),
  route("POST /v1/payouts/:id", { metadata: METADATA_PARAM }, update),
  route("POST /v1/payouts/:id/cancel", {}, (account, _, id) =>
    cancelPayout(account, requireObject(account, "payout", { id, noun: "payout" })),
  ),
  retrieveRoute("payout", "/v1/payouts", "payout"),
  listRoute("payout", "/v1/payouts", {
    shape: LISTED,
    where: (params) => ({
      "$.status": params.status,
      "$.destination": params.destination,
      "$.arrival_date": params.arrival_date,
    }),
  }),
];
