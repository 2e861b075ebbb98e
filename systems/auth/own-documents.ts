// Finds the receipts and statements of the signed-in supporter. Any other person who is signed in gets a 404.
import "server-only";
import { notFound } from "next/navigation";
import { type Translate, translator } from "../../content/messages";
import { parseReceiptNumber } from "../../domain/ledger/receipt-number";
import { findOwnReceipt, type OwnReceipt } from "../../domain/supporters/own-gifts";
import { findReceiptName } from "../../domain/supporters/receipt-name";
import { listPaymentsWithEntries, type Statement, statementOf } from "../../domain/supporters/statements";
import { publication } from "../../publication";
import { database } from "../database";
import { identityCrypto } from "../identity";
import { requireSignedInUser } from "./signed-in-user";

/**
 * Returns a receipt of the signed-in supporter. Responds with 404 if the signed-in person has no receipt with this
 * number. `number`: the receipt number as printed or typed, or the payment's id from the URL of an old receipt. `next`:
 * the page that opens after a sign-in.
 */
export async function requireOwnReceipt(
  number: string,
  next: string,
): Promise<{ receipt: OwnReceipt; t: Translate; receiptName: string | null }> {
  const { supporterId, locale } = await requireSignedInUser(next);
  const paymentId = parseReceiptNumber(number) ?? number;
  const receipt = supporterId ? await findOwnReceipt(await database(), { paymentId, supporterId }) : null;
  return {
    receipt: receipt ?? notFound(),
    t: translator(locale),
    receiptName: await receiptNameOf(supporterId),
  };
}

async function receiptNameOf(supporterId: string | null): Promise<string | null> {
  if (supporterId === null) return null;
  return findReceiptName(await database(), { supporterId, identity: identityCrypto() });
}

/** Returns the statement of the year. Responds with 404 if the year is malformed or has no entries. */
export async function requireOwnStatement(
  year: string,
  next: string,
): Promise<{ statement: Statement; t: Translate; receiptName: string | null }> {
  const { supporterId, locale } = await requireSignedInUser(next);
  const payments = supporterId ? await listPaymentsWithEntries(await database(), supporterId) : [];
  const { timeZone } = publication;
  const statement = /^\d{4}$/.test(year) ? statementOf(payments, { year: Number(year), timeZone }) : null;
  return {
    statement: statement ?? notFound(),
    t: translator(locale),
    receiptName: await receiptNameOf(supporterId),
  };
}
