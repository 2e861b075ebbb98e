import type Stripe from "stripe";
import type { Account } from "../account";
import { METADATA_PARAM, mergeMetadata, withoutEmptyValues } from "../http/metadata";
import {
  boolean,
  declareUnsupportedParams,
  integer,
  list,
  object,
  type ParsedParams,
  requiredParam,
  text,
} from "../http/params";
import { idOf } from "../objects";
import { createInvoiceItem } from "../resources/invoice-items";
import { lineOfInvoiceItem } from "../resources/invoice-lines";
import { withTotals } from "../resources/invoice-object";
import { changeInvoice } from "../resources/invoice-steps";
import { requireInvoiceAndAccountAtClockTime, requireInvoiceStatus } from "./invoice-changes";

export const ADD_LINES_PARAMS = {
  lines: requiredParam(
    list(
      object({
        amount: requiredParam(integer()),
        description: text(),
        discountable: boolean(),
        metadata: METADATA_PARAM,
        quantity: integer({ min: 1 }),
        period: object({ start: requiredParam(integer()), end: requiredParam(integer()) }),
        ...declareUnsupportedParams("discounts invoice_item price_data pricing quantity_decimal tax_amounts tax_rates"),
      }),
    ),
  ),
  invoice_metadata: METADATA_PARAM,
};

export function addInvoiceLines(
  caller: Account,
  params: ParsedParams<typeof ADD_LINES_PARAMS>,
  id: string,
): Stripe.Invoice {
  const { account, invoice } = requireInvoiceAndAccountAtClockTime(caller, id);
  requireInvoiceStatus(invoice, ["draft"], "You can only add lines to a draft invoice.");
  const customer = idOf(invoice.customer) ?? "";
  const added = params.lines.map(({ amount, description, quantity, period, metadata }) => {
    const { currency } = invoice;
    const requested = {
      customer,
      amount,
      currency,
      description,
      quantity: quantity ?? 1,
      metadata: withoutEmptyValues(metadata),
    };
    const item = { ...createInvoiceItem(account, { ...requested, period: period ?? undefined }), invoice: id };
    account.put(item);
    return lineOfInvoiceItem(account, id, item);
  });
  const lines = { ...invoice.lines, data: [...invoice.lines.data, ...added] };
  const metadata = mergeMetadata(invoice.metadata ?? {}, params.invoice_metadata);
  return changeInvoice(account, invoice, withTotals({ ...invoice, lines, metadata }));
}
