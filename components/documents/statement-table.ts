// The yearly statement as a CSV table. It has no row of totals: a spreadsheet that adds up a column would count the
// totals, too.

import type { Translate } from "@/content/messages";
import { dayOn } from "@/domain/calendar";
import { shownReceiptNumber } from "@/domain/ledger/receipt-number";
import { toDecimal } from "@/domain/money";
import type { Publication } from "@/domain/publication";
import type { CsvTable } from "@/domain/supporters/document-content";
import type { Statement, StatementLine } from "@/domain/supporters/statements";
import { statementLineText } from "./statement-document";

export function statementTable(
  { currencies }: Statement,
  context: { t: Translate; publication: Publication },
): CsvTable {
  const { t } = context;
  const { timeZone } = context.publication;
  const rowOf = (line: StatementLine, counts: "yes" | "no") => [
    dayOn(line.at, timeZone),
    statementLineText(line, context),
    shownReceiptNumber(line.paymentId),
    { decimal: toDecimal(line.money) },
    line.money.currency,
    t(`document.counts.${counts}`),
  ];
  return {
    columns: [
      t("document.column.day-in", { timeZone }),
      t("document.column.what"),
      t("document.column.number"),
      t("document.column.amount"),
      t("document.column.currency"),
      t("document.column.counts"),
    ],
    rows: currencies.flatMap(({ lines, uncounted }) => [
      ...lines.map((line) => rowOf(line, "yes")),
      ...uncounted.map((line) => rowOf(line, "no")),
    ]),
  };
}
