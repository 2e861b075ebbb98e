// Receipts and statements, for the supporter whose gifts they are about. For everyone else they do not exist: they get a 404.
import "server-only";
import { notFound } from "next/navigation";
import { type Translate, translator } from "../../content/messages";
import { parseReceiptNumber } from "../../domain/ledger/receipt-number";
import { findOwnReceipt, type OwnReceipt } from "../../domain/supporters/own-gifts";
import { listPaymentsWithBooks, type Statement, statementOf } from "../../domain/supporters/statements";
import { publication } from "../../publication";
import { database } from "../database";
import { requireViewer } from "./viewer";

/**
 * `number`: as printed, or as somebody typed it. An older id, from before numbers were derived, is looked up unchanged. `next`: the
 * page to return to after signing in.
 */
export async function requireOwnReceipt(number: string, next: string): Promise<{ receipt: OwnReceipt; t: Translate }> {
  const { supporterId, locale } = await requireViewer(next);
  const paymentId = parseReceiptNumber(number) ?? number;
  const receipt = supporterId ? await findOwnReceipt(await database(), { paymentId, supporterId }) : null;
  return { receipt: receipt ?? notFound(), t: translator(locale) };
}

/** `year`: as the address has it. A year without a line has no statement. */
export async function requireOwnStatement(year: string, next: string): Promise<{ statement: Statement; t: Translate }> {
  const { supporterId, locale } = await requireViewer(next);
  const payments = supporterId ? await listPaymentsWithBooks(await database(), supporterId) : [];
  const { timeZone } = publication;
  const statement = /^\d{4}$/.test(year) ? statementOf(payments, { year: Number(year), timeZone }) : null;
  return { statement: statement ?? notFound(), t: translator(locale) };
}
