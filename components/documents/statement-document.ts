import { shownReceiptNumber } from "@/domain/ledger/receipt-number";
import { formatMoney, type Money } from "@/domain/money";
import type { DocumentContent, DocumentLine, DocumentTable } from "@/domain/supporters/document-content";
import type { Statement, StatementInOneCurrency, StatementLine } from "@/domain/supporters/statements";
import { frequencyKeyEndingAndPlaceholderValue } from "../giving/frequency-words";
import {
  commonDocumentParts,
  type DocumentTextContext,
  documentNotes,
  formatDocumentDay,
  issueDateLine,
  receiptNameLines,
} from "./document-parts";

export function statementDocument({ year, currencies }: Statement, context: DocumentTextContext): DocumentContent {
  const { t } = context;
  const commonParts = commonDocumentParts(context);
  const { issuedOn } = commonParts;
  const title = t("document.statement.title", { year: String(year) });
  return {
    ...commonParts,
    title,
    documentTitle: title,
    facts: [
      {
        id: "period",
        name: t("document.statement.period"),
        value: periodOf(year, { issuedOn, locale: t.locale }),
      },
      ...receiptNameLines(context),
      issueDateLine(context),
    ],
    sums: [],
    tables: currencies.flatMap((each) => tablesOf(each, { ...context, year })),
    notes: documentNotes(context, [
      ...(currencies.some(({ total }) => total.amountMinor > 0) ? [t("document.statement.thanks")] : []),
      t("document.statement.rule"),
    ]),
  };
}

type LineSetting = Pick<DocumentTextContext, "t" | "publication">;

/** Returns the text of a line in a statement. The page, the PDF and the CSV file all use it. */
export function statementLineText(
  { kind, frequency, paidAt, coveredFee }: StatementLine,
  context: LineSetting,
): string {
  const { t } = context;
  if (kind === "given") {
    const { word, every } = frequencyKeyEndingAndPlaceholderValue(t, frequency);
    const words = t(`document.line.given.${word}`, { every });
    if (!coveredFee) return words;
    return t("document.line.with-card-fee", {
      words,
      fee: formatMoney(coveredFee, { locale: t.locale, alwaysDecimals: true }),
    });
  }
  return t(`document.line.${kind}`, { day: formatDocumentDay(paidAt, context) });
}

function tablesOf(
  statement: StatementInOneCurrency,
  { year, ...setting }: LineSetting & { year: number },
): DocumentTable[] {
  const { t } = setting;
  const { currency, lines, given, returned, total, uncounted } = statement;
  const name = new Intl.DisplayNames(t.locale, { type: "currency" }).of(currency) ?? currency;
  const sum = (id: "given" | "returned" | "total", money: Money): DocumentLine => ({
    id,
    name: t(`document.sum.${id}`, { year: String(year) }),
    value: formatMoney(money, { locale: t.locale, alwaysDecimals: true }),
  });
  const counted: DocumentTable = {
    ...{ id: currency, title: t("document.table.currency", { name, currency }), note: null },
    ...tableOf(lines, setting),
    sums: [
      ...(lines.some(({ kind }) => kind !== "given") ? [sum("given", given), sum("returned", returned)] : []),
      sum("total", total),
    ],
  };
  if (uncounted.length === 0) return [counted];
  const title = t("document.table.uncounted", { currency });
  const other = {
    id: `${currency}-uncounted`,
    title,
    note: t("document.table.uncounted-note"),
    ...tableOf(uncounted, setting),
  };
  return [counted, { ...other, sums: [] }];
}

function tableOf(lines: readonly StatementLine[], setting: LineSetting): Pick<DocumentTable, "columns" | "rows"> {
  const { t } = setting;
  return {
    columns: [
      t("document.column.day"),
      t("document.column.what"),
      t("document.column.number"),
      t("document.column.amount"),
    ],
    rows: lines.map((line) => ({
      id: line.id,
      cells: [
        formatDocumentDay(line.at, { ...setting, style: "short" }),
        statementLineText(line, setting),
        shownReceiptNumber(line.paymentId),
        formatMoney(line.money, { locale: t.locale, alwaysDecimals: true }),
      ],
    })),
  };
}

/**
 * Returns the statement's period. For an unfinished year, the period ends on the date of issue. These dates have no
 * time, so they are formatted in UTC.
 */
function periodOf(year: number, { issuedOn, locale }: { issuedOn: string; locale: string }): string {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  return format.formatRange(new Date(first), new Date(issuedOn < last ? issuedOn : last));
}
