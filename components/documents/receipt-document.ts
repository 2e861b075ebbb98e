import { withoutCoveredFee } from "@/domain/giving/covered-fee";
import { shownReceiptNumber } from "@/domain/ledger/receipt-number";
import { formatMoney, type Money } from "@/domain/money";
import { recipientNameIn } from "@/domain/publication";
import type { DocumentContent, DocumentLine } from "@/domain/supporters/document-content";
import type { OwnReceipt } from "@/domain/supporters/own-gifts";
import { frequencyKeyEndingAndPlaceholderValue } from "../giving/frequency-words";
import {
  commonDocumentParts,
  type DocumentTextContext,
  documentNotes,
  formatDocumentDay,
  issueDateLine,
  receiptNameLines,
} from "./document-parts";

export function receiptDocument(receipt: OwnReceipt, context: DocumentTextContext): DocumentContent {
  const { t, publication } = context;
  const { paymentId, paidAt, frequency, kept, amendments } = receipt;
  const number = shownReceiptNumber(paymentId);
  const { word, every } = frequencyKeyEndingAndPlaceholderValue(t, frequency);
  const line = (name: "to" | "date" | "for" | "number", value: string): DocumentLine => ({
    id: name,
    name: t(`supporters.receipt.${name}`),
    value,
  });
  const commonParts = commonDocumentParts(context);
  const title = t(amendments.length > 0 ? "supporters.receipt.amended-title" : "supporters.receipt.title");
  return {
    ...commonParts,
    title,
    documentTitle: `${title} ${number}`,
    facts: [
      line("number", number),
      ...receiptNameLines(context),
      line("to", recipientNameIn(t.locale, publication)),
      line("date", formatDocumentDay(paidAt, context)),
      line("for", t(`supporters.receipt.for.${word}`, { product: publication.productName, every })),
      issueDateLine(context),
    ],
    sums: amountLines(receipt, context),
    tables: [],
    notes: documentNotes(context, [
      t(kept.amountMinor > 0 ? "supporters.receipt.thanks" : "supporters.receipt.nothing-kept"),
    ]),
  };
}

function amountLines(
  { money, coveredFee, kept, amendments }: OwnReceipt,
  setting: DocumentTextContext,
): DocumentLine[] {
  const { t } = setting;
  const { locale } = t;
  const line = (name: "gift" | "card-fee" | "given" | "amount" | "kept", money: Money): DocumentLine => ({
    id: name,
    name: t(`supporters.receipt.${name}`),
    value: formatMoney(money, { locale, alwaysDecimals: true }),
  });
  const parts = coveredFee ? [line("gift", withoutCoveredFee(money, coveredFee)), line("card-fee", coveredFee)] : [];
  if (amendments.length === 0) return [...parts, line("amount", money)];
  const amendmentLines = amendments.map(({ id, kind, money: moved, at }) => ({
    id,
    name: t(`supporters.receipt.${kind}`, { day: formatDocumentDay(at, setting) }),
    value: formatMoney(moved, { locale, alwaysDecimals: true }),
  }));
  return [...parts, line("given", money), ...amendmentLines, line("kept", kept)];
}
