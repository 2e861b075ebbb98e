import type Stripe from "stripe";
import type { Account } from "../account";
import { notFoundError, unsupportedError } from "../http/errors";
import { METADATA_PARAM, mergeMetadata } from "../http/metadata";
import {
  boolean,
  declareUnsupportedParams,
  integer,
  list,
  object,
  oneOf,
  type ParsedParams,
  requiredParam,
  text,
} from "../http/params";
import { withTotals } from "../resources/invoice-object";
import { changeInvoice } from "../resources/invoice-steps";
import { requireInvoiceAndAccountAtClockTime, requireInvoiceStatus } from "./invoice-changes";

export const LINE_UPDATE_PARAMS = {
  amount: integer(),
  description: text(),
  discountable: boolean(),
  metadata: METADATA_PARAM,
  period: object({ start: requiredParam(integer()), end: requiredParam(integer()) }),
  ...declareUnsupportedParams("discounts price_data pricing quantity quantity_decimal tax_amounts tax_rates"),
};
type LineChange = Partial<ParsedParams<typeof LINE_UPDATE_PARAMS>>;

export const UPDATE_LINES_PARAMS = {
  lines: requiredParam(list(object({ ...LINE_UPDATE_PARAMS, id: requiredParam(text()) }))),
  invoice_metadata: METADATA_PARAM,
};

export const REMOVE_LINES_PARAMS = {
  lines: requiredParam(
    list(object({ id: requiredParam(text()), behavior: requiredParam(oneOf("delete", "unassign")) })),
  ),
  invoice_metadata: METADATA_PARAM,
};

function draftOf(caller: Account, id: string) {
  const { account, invoice } = requireInvoiceAndAccountAtClockTime(caller, id);
  requireInvoiceStatus(invoice, ["draft"], "You can only change the lines of a draft invoice.");
  return { account, invoice };
}

function lineOf(invoice: Stripe.Invoice, id: string, param: string): Stripe.InvoiceLineItem {
  const line = invoice.lines.data.find((each) => each.id === id);
  if (!line) throw notFoundError("line item", id, param);
  return line;
}

function itemOf(account: Account, { parent }: Stripe.InvoiceLineItem): Stripe.InvoiceItem | null {
  const details = parent?.invoice_item_details ?? parent?.subscription_item_details;
  return details?.invoice_item ? account.get("invoiceitem", details.invoice_item) : null;
}

function withLineChange(line: Stripe.InvoiceLineItem, change: LineChange): Stripe.InvoiceLineItem {
  const amount = change.amount ?? line.amount;
  return {
    ...line,
    amount,
    subtotal: amount,
    description: change.description === undefined ? line.description : change.description,
    discountable: change.discountable ?? line.discountable,
    metadata: mergeMetadata(line.metadata, change.metadata),
    period: change.period ?? line.period,
  };
}

function putItem(account: Account, line: Stripe.InvoiceLineItem): void {
  const item = itemOf(account, line);
  if (!item) return;
  const { amount, description, discountable, metadata, period } = line;
  account.put({ ...item, amount, net_amount: amount, description, discountable, metadata, period });
}

function withLines(invoice: Stripe.Invoice, data: Stripe.InvoiceLineItem[]): Stripe.Invoice {
  return withTotals({ ...invoice, lines: { ...invoice.lines, data } });
}

export function updateDraftInvoiceLines(
  caller: Account,
  params: ParsedParams<typeof UPDATE_LINES_PARAMS>,
  id: string,
): Stripe.Invoice {
  const { account, invoice } = draftOf(caller, id);
  const requested = new Map(
    params.lines.map((change, at) => [lineOf(invoice, change.id, `lines[${at}][id]`).id, change]),
  );
  const data = invoice.lines.data.map((line) => withLineChange(line, requested.get(line.id) ?? {}));
  for (const line of data) putItem(account, line);
  const metadata = mergeMetadata(invoice.metadata ?? {}, params.invoice_metadata);
  return changeInvoice(account, invoice, { ...withLines(invoice, data), metadata });
}

export function updateInvoiceLine(
  caller: Account,
  change: LineChange,
  { id, innerId: lineId }: { id: string; innerId: string },
): Stripe.InvoiceLineItem {
  const { account, invoice } = draftOf(caller, id);
  const line = withLineChange(lineOf(invoice, lineId, "id"), change);
  putItem(account, line);
  const data = invoice.lines.data.map((each) => (each.id === lineId ? line : each));
  changeInvoice(account, invoice, withLines(invoice, data));
  return line;
}

export function removeDraftInvoiceLines(
  caller: Account,
  params: ParsedParams<typeof REMOVE_LINES_PARAMS>,
  id: string,
): Stripe.Invoice {
  const { account, invoice } = draftOf(caller, id);
  for (const [at, { id: lineId, behavior }] of params.lines.entries())
    removeItem(account, lineOf(invoice, lineId, `lines[${at}][id]`), behavior);
  const data = invoice.lines.data.filter((line) => !params.lines.some(({ id: gone }) => gone === line.id));
  const metadata = mergeMetadata(invoice.metadata ?? {}, params.invoice_metadata);
  return changeInvoice(account, invoice, { ...withLines(invoice, data), metadata });
}

/** Removes the invoice item of a line. With `unassign`, keeps the item for the customer's next invoice. */
function removeItem(account: Account, line: Stripe.InvoiceLineItem, behavior: "delete" | "unassign"): void {
  const item = itemOf(account, line);
  if (!item) throw unsupportedError("removing the line of a subscription's item");
  if (behavior === "unassign") {
    account.put({ ...item, invoice: null });
    return;
  }
  account.store.drop(account.id, item.id);
  account.emit("invoiceitem.deleted", item);
}
