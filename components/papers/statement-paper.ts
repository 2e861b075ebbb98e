import { shownReceiptNumber } from "@/domain/ledger/receipt-number";
import { formatMoney, type Money } from "@/domain/money";
import type { Paper, PaperLine, PaperTable } from "@/domain/supporters/paper";
import type { CurrencyStatement, Statement, StatementLine } from "@/domain/supporters/statements";
import { frequencyWords } from "../giving/frequency-words";
import {
  commonPaperParts,
  formatPaperDay,
  issueDateLine,
  type PaperContext,
  paperNotes,
  receiptNameLines,
} from "./paper-parts";

export function statementPaper({ year, currencies }: Statement, setting: PaperContext): Paper {
  const { t } = setting;
  const everyPaper = commonPaperParts(setting);
  const { drawnUpOn } = everyPaper;
  const title = t("paper.statement.title", { year: String(year) });
  return {
    ...everyPaper,
    title,
    documentTitle: title,
    facts: [
      { id: "period", name: t("paper.statement.period"), value: periodOf(year, { drawnUpOn, locale: t.locale }) },
      ...receiptNameLines(setting),
      issueDateLine(setting),
    ],
    sums: [],
    tables: currencies.flatMap((each) => tablesOf(each, { ...setting, year })),
    notes: paperNotes(setting, [
      ...(currencies.some(({ total }) => total.amountMinor > 0) ? [t("paper.statement.thanks")] : []),
      t("paper.statement.rule"),
    ]),
  };
}

type LineSetting = Pick<PaperContext, "t" | "publication">;

/** The CSV file uses the same text. */
export function statementLineText(
  { kind, frequency, paidAt, coveredFee }: StatementLine,
  setting: LineSetting,
): string {
  const { t } = setting;
  if (kind === "given") {
    const { word, every } = frequencyWords(t, frequency);
    const words = t(`paper.line.given.${word}`, { every });
    if (!coveredFee) return words;
    return t("paper.line.with-card-fee", { words, fee: formatMoney(coveredFee, { locale: t.locale, exact: true }) });
  }
  return t(`paper.line.${kind}`, { day: formatPaperDay(paidAt, setting) });
}

function tablesOf(statement: CurrencyStatement, { year, ...setting }: LineSetting & { year: number }): PaperTable[] {
  const { t } = setting;
  const { currency, lines, given, returned, total, uncounted } = statement;
  const name = new Intl.DisplayNames(t.locale, { type: "currency" }).of(currency) ?? currency;
  const sum = (id: "given" | "returned" | "total", money: Money): PaperLine => ({
    id,
    name: t(`paper.sum.${id}`, { year: String(year) }),
    value: formatMoney(money, { locale: t.locale, exact: true }),
  });
  const counted: PaperTable = {
    ...{ id: currency, title: t("paper.table.currency", { name, currency }), note: null },
    ...tableOf(lines, setting),
    sums: [
      ...(lines.some(({ kind }) => kind !== "given") ? [sum("given", given), sum("returned", returned)] : []),
      sum("total", total),
    ],
  };
  if (uncounted.length === 0) return [counted];
  const title = t("paper.table.uncounted", { currency });
  const other = {
    id: `${currency}-uncounted`,
    title,
    note: t("paper.table.uncounted-note"),
    ...tableOf(uncounted, setting),
  };
  return [counted, { ...other, sums: [] }];
}

function tableOf(lines: readonly StatementLine[], setting: LineSetting): Pick<PaperTable, "columns" | "rows"> {
  const { t } = setting;
  return {
    columns: [t("paper.column.day"), t("paper.column.what"), t("paper.column.number"), t("paper.column.amount")],
    rows: lines.map((line) => ({
      id: line.id,
      cells: [
        formatPaperDay(line.at, { ...setting, style: "short" }),
        statementLineText(line, setting),
        shownReceiptNumber(line.paymentId),
        formatMoney(line.money, { locale: t.locale, exact: true }),
      ],
    })),
  };
}

/**
 * For an unfinished year, the period ends on the date of issue. The dates have no time, so they are formatted in UTC.
 */
function periodOf(year: number, { drawnUpOn, locale }: { drawnUpOn: string; locale: string }): string {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  const format = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  return format.formatRange(new Date(first), new Date(drawnUpOn < last ? drawnUpOn : last));
}
