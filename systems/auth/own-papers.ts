// A supporter's own receipts and statements, for their eyes only; for everyone else there is no such paper.
import "server-only";
import { notFound } from "next/navigation";
import { type Translate, translator } from "../../content/messages";
import { findOwnReceipt, type OwnReceipt } from "../../domain/supporters/own-gifts";
import { listPaymentsWithBooks, type Statement, statementOf } from "../../domain/supporters/statements";
import { publication } from "../../publication";
import { database } from "../database";
import { requireViewer } from "./viewer";

/** `next`: where to come back to after signing in. */
export async function requireOwnReceipt(
  paymentId: string,
  next: string,
): Promise<{ receipt: OwnReceipt; t: Translate }> {
  const { supporterId, locale } = await requireViewer(next);
  const receipt = supporterId ? await findOwnReceipt(await database(), { paymentId, supporterId }) : null;
  return { receipt: receipt ?? notFound(), t: translator(locale) };
}

/** `year`: as the address has it. There is no statement of a year in which nothing happened. */
export async function requireOwnStatement(year: string, next: string): Promise<{ statement: Statement; t: Translate }> {
  const { supporterId, locale } = await requireViewer(next);
  const payments = supporterId ? await listPaymentsWithBooks(await database(), supporterId) : [];
  const { timeZone } = publication;
  const statement = /^\d{4}$/.test(year) ? statementOf(payments, { year: Number(year), timeZone }) : null;
  return { statement: statement ?? notFound(), t: translator(locale) };
}
