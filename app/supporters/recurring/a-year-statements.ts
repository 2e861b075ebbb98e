import { renderToStaticMarkup } from "react-dom/server";
import { expect } from "vitest";
import { dayOn } from "@/domain/calendar";
import { amountMinorOf } from "@/domain/money";
import { publication } from "@/publication";
import type { GiftFixture } from "@/systems/testing/gift-fixture";
import { pdfTableRows, readPdf } from "@/systems/testing/read-pdf";
import StatementPage from "../statements/[year]/page";
import { GET as getCsv } from "../statements/[year]/statement.csv/route";
import { GET as getPdf } from "../statements/[year]/statement.pdf/route";

/**
 * The expected statement of each year. `total`: for example `10.00`. `uncounted`: the lines that the statement lists
 * but does not add to the total.
 */
export type ExpectedStatements = Record<string, { total: string; uncounted: string[] }>;

const request = new Request("http://127.0.0.1:3000/");

export async function expectStatements(bench: GiftFixture, statements: ExpectedStatements): Promise<void> {
  const [moved, booked] = [await movedAtStripe(bench), await bookedByDay(bench)];
  expect(booked).toEqual(moved);
  const years = [...new Set(moved.map((line) => line.slice(0, 4)))];
  expect(years).toEqual(Object.keys(statements));
  for (const [year, { total, uncounted }] of Object.entries(statements)) {
    const lines = moved.filter((line) => line.startsWith(year));
    expect(decimalOf(lines.reduce((sum, line) => sum + minorOf(line), 0))).toBe(total);
    expect(await linesOfCsv(year)).toEqual({ lines, uncounted });
    const words = [...lines, ...uncounted].map(inWords);
    for (const rows of [await rowsOfPage(year), await rowsOfPdf(year)]) {
      expect(rows.filter(([day = ""]) => /\d{4}$/.test(day) && !day.startsWith("Total")).map(shortRow)).toEqual(words);
      expect(totalOf(rows, year)).toBe(dollarsOf(total));
    }
  }
}

/**
 * Returns Stripe's charges and refunds as lines such as `2027-01-10 10.00`, oldest first. Days are in the publication's
 * time zone.
 */
async function movedAtStripe({ stripe }: GiftFixture): Promise<string[]> {
  const moved = [];
  for await (const { type, amount, created } of stripe.balanceTransactions.list({ limit: 100 }))
    if (type === "charge" || type === "refund") moved.push(lineOf(new Date(created * 1000), amount));
  return moved.sort();
}

async function bookedByDay({ db }: GiftFixture): Promise<string[]> {
  const entries = await db.entry.findMany();
  return entries.map(({ occurredAt, amountMinor }) => lineOf(occurredAt, amountMinorOf(amountMinor))).sort();
}

async function linesOfCsv(year: string): Promise<{ lines: string[]; uncounted: string[] }> {
  const text = await (await getCsv(request, paramsOf(year))).text();
  // A description can contain commas. The columns after it cannot.
  const rows = [...text.matchAll(/^(\d{4}-\d\d-\d\d),.*,(-?\d+\.\d\d),([A-Z]{3}),(yes|no)\r$/gm)];
  expect(rows).toHaveLength(text.split("\r\n").length - 2);
  const lines = rows.map(([, day, amount, currency, counts]) => ({ line: `${day} ${amount}`, currency, counts }));
  expect(lines.every(({ currency }) => currency === "USD")).toBe(true);
  const those = (wanted: string) => lines.flatMap(({ line, counts }) => (counts === wanted ? [line] : []));
  return { lines: those("yes"), uncounted: those("no") };
}

async function rowsOfPage(year: string): Promise<string[][]> {
  const html = renderToStaticMarkup(await StatementPage(paramsOf(year)));
  expect(html).toContain(publication.timeZone);
  // The totals are in a <dl>, not in table rows.
  const rows = [...html.matchAll(/<tr[^>]*>(.*?)<\/tr>|<div>(<dt>.*?<\/dd>)<\/div>/g)];
  const cells = (row: string) =>
    [...row.matchAll(/<(t[dh]|d[td])[^>]*>(.*?)<\/\1>/g)].map(([, , cell = ""]) => cell.replaceAll(/<[^>]+>/g, ""));
  return rows.map(([, row, sum]) => cells(row ?? sum ?? ""));
}

async function rowsOfPdf(year: string): Promise<string[][]> {
  const { elements, text } = await readPdf(new Uint8Array(await (await getPdf(request, paramsOf(year))).arrayBuffer()));
  expect(text).toContain(publication.timeZone);
  return pdfTableRows(elements);
}

const paramsOf = (year: string) => ({ params: Promise.resolve({ year }) });
const lineOf = (at: Date, minor: number) => `${dayOn(at, publication.timeZone)} ${decimalOf(minor)}`;
const decimalOf = (minor: number) => (minor / 100).toFixed(2);
const minorOf = (line: string) => Math.round(Number(line.split(" ")[1]) * 100);
const shortRow = (row: string[]) => `${row[0]} ${row.at(-1)}`;
const dollarsOf = (decimal: string) => `${decimal.startsWith("-") ? "-" : ""}$${decimal.replace("-", "")}`;

function inWords(line: string): string {
  const [day = "", amount = ""] = line.split(" ");
  const words = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" }).format(new Date(day));
  return `${words} ${dollarsOf(amount).replace("-", "−")}`;
}

function totalOf(rows: string[][], year: string): string | undefined {
  return rows.find((row) => row.some((cell) => cell.includes(`Total for ${year}`)))?.at(-1);
}
