import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { translator } from "@/content/messages";
import type { CurrencyTotals, PendingDebitTotals } from "@/domain/newsroom/totals";
import { MoneyReceived } from "./money-received";

const eur = (amountMinor: number) => ({ amountMinor, currency: "EUR" as const });
const received: CurrencyTotals = {
  ...{ currency: "EUR", payments: 2, gross: eur(4_000), refunded: eur(0), disputed: eur(0) },
  ...{ settled: [{ fee: eur(120), net: eur(3_880) }], unsettled: null },
};
const debit: PendingDebitTotals = {
  ...{ currency: "EUR", payments: 1, gross: eur(2_000), settled: [{ fee: eur(35), net: eur(1_965) }] },
};

/**
 * Returns each row of the table as text, with ` | ` between the cells. A row that begins a group has only one cell, the
 * group's name.
 */
function rowsOf(totals: CurrencyTotals[], pending: PendingDebitTotals[]): string[] {
  const periods = [{ name: "Today", totals }];
  const html = renderToStaticMarkup(MoneyReceived({ t: translator("en"), periods, pending, children: null }));
  const spoken = /<span class="visually-hidden">.*?<\/span>/g;
  return [...html.replace(spoken, "").matchAll(/<tr.*?<\/tr>/g)]
    .map(([row]) => [...row.matchAll(/<t[hd].*?>(.*?)<\/t[hd]>/g)].map(([, cell]) => cell?.replace(/<.*?>/g, "")))
    .map((cells) => cells.join(" | "))
    .slice(1);
}

test("shows bank debits on their way below the periods, with their fees so far", () => {
  expect(rowsOf([received], [debit])).toEqual([
    "Today",
    "EUR | 2 | €40.00 | €1.20 | €38.80 | –",
    "On the way",
    "EUR | 1 | €20.00 | €0.35 | €19.65 | –",
  ]);
});

test("leaves out the group of bank debits if none is on its way", () => {
  expect(rowsOf([received], [])).toEqual(["Today", "EUR | 2 | €40.00 | €1.20 | €38.80 | –"]);
});

test("shows a won dispute as a negative amount", () => {
  const won = { ...received, payments: 0, gross: eur(0), disputed: eur(-1_000) };
  expect(rowsOf([won], [debit])).toEqual([
    "Today",
    "EUR | 0 | €0.00 | −€10.00 | €1.20 | €38.80 | –",
    "On the way",
    "EUR | 1 | €20.00 | – | €0.35 | €19.65 | –",
  ]);
});
