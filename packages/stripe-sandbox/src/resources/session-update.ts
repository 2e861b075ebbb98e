// Updates a Checkout session. A call can change the metadata at any time, but the line items only while the session is
// open. In `line_items`, a line with an id is the stored line with this id: the call can change it. A line without an
// id is added. Stored lines that are not in `line_items` are removed.
import type Stripe from "stripe";
import type { Account } from "../account";
import { invalidRequest } from "../http/errors";
import { METADATA_PARAM, mergeMetadata } from "../http/metadata";
import type { ParsedParams } from "../http/params";
import { list, object, requiredParam, text, unsupportedParam } from "../http/params";
import { requireObject } from "../http/route";
import {
  createCheckoutLineItem,
  firstChargeDeferredUntil,
  requireValidTotal,
  sumOfLines,
  unitAmountOrCustomAmountPreset,
  withTotalsForUnitAmount,
} from "./session-lines";
import { LINE_ITEM } from "./session-params";

export const SESSION_UPDATE_PARAMS = {
  metadata: METADATA_PARAM,
  line_items: list(requiredParam(object({ ...LINE_ITEM, id: text() }))),
  collected_information: unsupportedParam(),
  payment_intent_data: unsupportedParam(),
  shipping_options: unsupportedParam(),
};
type Update = ParsedParams<typeof SESSION_UPDATE_PARAMS>;
type LineUpdate = NonNullable<Update["line_items"]>[number];

export function updateCheckoutSession(account: Account, params: Update, id: string): Stripe.Checkout.Session {
  const before = requireObject(account, "checkout.session", { id, noun: "checkout.session" });
  const after = { ...before, metadata: mergeMetadata(before.metadata ?? {}, params.metadata) };
  if (!params.line_items) {
    account.put(after);
    return after;
  }
  if (before.status !== "open")
    throw invalidRequest(`You can only update line items of an open Checkout Session; this one is ${before.status}.`, {
      param: "line_items",
    });
  const internalState = account.internalState<"checkout.session">(id);
  const putOff = firstChargeDeferredUntil(account, internalState.requested) !== null;
  const lineItems = params.line_items.map((line, index) =>
    changedLine(account, internalState.lineItems, { line, index, putOff }),
  );
  const { total } = requireValidTotal(lineItems, internalState.requested.mode);
  const changed = { ...after, amount_subtotal: total, amount_total: sumOfLines(lineItems) };
  account.putWithInternalState<"checkout.session">(changed, { ...internalState, lineItems });
  return changed;
}

type Change = {
  line: LineUpdate;
  index: number;
  putOff: boolean;
};

function changedLine(account: Account, current: Stripe.LineItem[], { line, index, putOff }: Change): Stripe.LineItem {
  if (!line.id) return createCheckoutLineItem(account, line, { index, isDeferred: putOff });
  const stored = current.find(({ id }) => id === line.id);
  const param = `line_items[${index}][id]`;
  if (!stored) throw invalidRequest(`No such line item: '${line.id}'`, { code: "resource_missing", param });
  const priced =
    line.price || line.price_data
      ? { ...createCheckoutLineItem(account, line, { index, isDeferred: putOff }), id: stored.id }
      : stored;
  const quantity = line.quantity ?? stored.quantity ?? 1;
  const metadata = mergeMetadata(stored.metadata ?? {}, line.metadata);
  const unitAmount =
    putOff && priced.price?.recurring ? 0 : priced.price ? unitAmountOrCustomAmountPreset(priced.price) : 0;
  return withTotalsForUnitAmount({ ...priced, quantity, metadata }, unitAmount);
}
