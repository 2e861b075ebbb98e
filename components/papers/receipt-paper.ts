import { withoutFee } from "@/domain/giving/covered-fee";
import { shownReceiptNumber } from "@/domain/ledger/receipt-number";
import { formatMoney, type Money } from "@/domain/money";
import { recipientNameIn } from "@/domain/publication";
import type { OwnReceipt } from "@/domain/supporters/own-gifts";
import type { Paper, PaperLine } from "@/domain/supporters/paper";
import { frequencyWords } from "../giving/frequency-words";
import {
  commonPaperParts,
  formatPaperDay,
  issueDateLine,
  type PaperContext,
  paperNotes,
  receiptNameLines,
} from "./paper-parts";

export function receiptPaper(receipt: OwnReceipt, setting: PaperContext): Paper {
  const { t, publication } = setting;
  const { paymentId, paidAt, frequency, kept, amendments } = receipt;
  const number = shownReceiptNumber(paymentId);
  const { word, every } = frequencyWords(t, frequency);
  const line = (name: "to" | "date" | "for" | "number", value: string): PaperLine => ({
    id: name,
    name: t(`supporters.receipt.${name}`),
    value,
  });
  const everyPaper = commonPaperParts(setting);
  const title = t(amendments.length > 0 ? "supporters.receipt.amended-title" : "supporters.receipt.title");
  return {
    ...everyPaper,
    title,
    documentTitle: `${title} ${number}`,
    facts: [
      line("number", number),
      ...receiptNameLines(setting),
      line("to", recipientNameIn(t.locale, publication)),
      line("date", formatPaperDay(paidAt, setting)),
      line("for", t(`supporters.receipt.for.${word}`, { product: publication.productName, every })),
      issueDateLine(setting),
    ],
    sums: amountLines(receipt, setting),
    tables: [],
    notes: paperNotes(setting, [
      t(kept.amountMinor > 0 ? "supporters.receipt.thanks" : "supporters.receipt.nothing-kept"),
    ]),
  };
}

function amountLines({ money, coveredFee, kept, amendments }: OwnReceipt, setting: PaperContext): PaperLine[] {
  const { t } = setting;
  const { locale } = t;
  const line = (name: "gift" | "card-fee" | "given" | "amount" | "kept", money: Money): PaperLine => ({
    id: name,
    name: t(`supporters.receipt.${name}`),
    value: formatMoney(money, { locale, exact: true }),
  });
  const parts = coveredFee ? [line("gift", withoutFee(money, coveredFee)), line("card-fee", coveredFee)] : [];
  if (amendments.length === 0) return [...parts, line("amount", money)];
  const amendmentLines = amendments.map(({ id, kind, money: moved, at }) => ({
    id,
    name: t(`supporters.receipt.${kind}`, { day: formatPaperDay(at, setting) }),
    value: formatMoney(moved, { locale, exact: true }),
  }));
  return [...parts, line("given", money), ...amendmentLines, line("kept", kept)];
}
