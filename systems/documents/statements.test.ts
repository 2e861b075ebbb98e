// Tests statements of random payment histories.
import { buffer } from "node:stream/consumers";
import fc from "fast-check";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { DocumentSheet } from "../../components/documents/document-sheet";
import { statementDocument } from "../../components/documents/statement-document";
import { statementTable } from "../../components/documents/statement-table";
import { translator } from "../../content/messages";
import type { BalanceTransactionReported, Fact } from "../../domain/ledger/fact";
import { recordFacts } from "../../domain/ledger/record";
import {
  sampleBalanceMovedFact,
  sampleDisputeBalanceMoved,
  samplePaymentFactFromCharge,
  sampleRecurringPaymentFact,
  sampleRefundReported,
  testIdentityCrypto,
  testOptionsForRecordingEvents,
} from "../../domain/ledger/testing/books";
import {
  listPaymentsWithEntries,
  type Statement,
  statementOf,
  statementYears,
} from "../../domain/supporters/statements";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import { publication } from "../../publication";
import { propertyTestOptions } from "../../tools/test/scope.mjs";
import type { Db } from "../database";
import { pdfTableRows, readPdf } from "../testing/read-pdf";
import { tableAsCsv } from "./csv";
import { documentAsPdf } from "./pdf";

const ZONES = ["Europe/Moscow", "America/Los_Angeles"];
const NEW_YEARS = ["2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"].map((at) => Date.parse(at));
const HOUR_MS = 3_600_000;
const READER = "reader@example.org";
const setting = (timeZone: string) => ({
  t: translator("en"),
  publication: { ...publication, timeZone },
  now: new Date("2027-03-01T12:00:00Z"),
});

/**
 * Generates times. Half of them are within hours of a new year, where it depends on the time zone to which year a time
 * belongs.
 */
const moment = fc
  .oneof(
    fc.tuple(fc.constantFrom(...NEW_YEARS), fc.integer({ min: -15 * HOUR_MS, max: 15 * HOUR_MS })),
    fc.tuple(fc.constant(NEW_YEARS[0] ?? 0), fc.integer({ min: 0, max: 2 * 365 * 24 * HOUR_MS })),
  )
  .map(([start, apart]) => new Date(Math.floor((start + apart) / 1000) * 1000));

const FATES = [
  ...["kept", "kept", "part", "parts", "whole", "failed-refund", "begun-refund", "lost", "won"],
  ...["part-then-lost", "on-its-way", "bounced"],
] as const;

const payment = fc.record({
  isTheirs: fc.integer({ min: 0, max: 9 }).map((one) => one > 0),
  isMonthly: fc.boolean(),
  currency: fc.constantFrom("USD" as const, "JPY" as const),
  amountMinor: fc.integer({ min: 100, max: 5_000_000 }),
  paidAt: moment,
  later: fc.array(fc.integer({ min: 1, max: 60 * 24 }), { minLength: 2, maxLength: 2 }),
  fate: fc.constantFrom(...FATES),
});
type Generated = { isTheirs: boolean } & Parameters<typeof factsOf>[1];

/** Returns the facts of one generated payment. The facts in each inner array are recorded in one transaction. */
function factsOf(
  number: number,
  life: {
    isTheirs: boolean;
    isMonthly: boolean;
    currency: "USD" | "JPY";
    amountMinor: number;
    paidAt: Date;
    later: number[];
    fate: string;
  },
): Fact[][] {
  const { isTheirs, isMonthly, currency, amountMinor, paidAt, fate } = life;
  const email = isTheirs ? READER : "another@example.org";
  const paymentIntentId = `pi_${number}`;
  const money = { amountMinor, currency };
  const [first, second] = life.later.map((hours) => new Date(paidAt.getTime() + hours * HOUR_MS)) as [Date, Date];
  const status = fate === "on-its-way" ? "pending" : fate === "bounced" ? "failed" : "succeeded";
  const about = isTheirs ? "theirs" : "others";
  const startFacts: Fact[] = isMonthly
    ? [
        {
          ...sampleRecurringPaymentFact,
          ...{ invoiceId: `in_${number}`, subscriptionId: `sub_${about}`, customerId: `cus_${about}` },
          ...{ money, paidAt, status, email },
        },
        { kind: "payment-linked", invoiceId: `in_${number}`, paymentIntentId, isPaid: status === "succeeded" },
      ]
    : [
        {
          ...samplePaymentFactFromCharge,
          paymentIntentId,
          money,
          paidAt,
          reportedAt: paidAt,
          status,
          email,
          charge: status === "succeeded" ? { chargeId: `ch_${number}` } : null,
        },
      ];
  const refundOf = (id: string, amount: number, refundedAt: Date, status: "succeeded" | "pending" | "failed") =>
    sampleRefundReported(`re_${number}_${id}`, amount, {
      paymentIntentId,
      money: { amountMinor: amount, currency },
      refundedAt,
      status,
    });
  const disputed = (
    kind: "dispute" | "dispute-returned",
    amount: number,
    movedAt: Date,
  ): BalanceTransactionReported => ({
    ...sampleDisputeBalanceMoved(kind, `txn_${number}_${kind}`),
    ...{ paymentIntentId, money: { amountMinor: amount, currency }, movedAt, sourceId: `dp_${number}` },
    settled: { ...sampleBalanceMovedFact.settled, amountMinor: -amount, feeMinor: 0, netMinor: -amount },
  });
  const part = Math.ceil(amountMinor / 3);
  const after: Record<string, Fact[][]> = {
    part: [[refundOf("a", part, first, "succeeded")]],
    parts: [[refundOf("a", part, first, "succeeded")], [refundOf("b", amountMinor - part, second, "succeeded")]],
    whole: [[refundOf("a", amountMinor, first, "succeeded")]],
    "failed-refund": [[refundOf("a", part, first, "succeeded")], [refundOf("a", part, first, "failed")]],
    "begun-refund": [[refundOf("a", part, first, "pending")]],
    lost: [[disputed("dispute", amountMinor, first)]],
    won: [[disputed("dispute", amountMinor, first)], [disputed("dispute-returned", amountMinor, second)]],
    "part-then-lost": [[refundOf("a", part, first, "succeeded")], [disputed("dispute", amountMinor - part, second)]],
  };
  return [startFacts, ...(after[fate] ?? [])];
}

async function record(lives: readonly Generated[]): Promise<{ db: Db; supporterId: string }> {
  const db = await openEmptyLedger();
  const transactions = lives.flatMap((life, number) => factsOf(number, life));
  for (const facts of transactions) await recordFacts(db, { ...testOptionsForRecordingEvents, silent: true, facts });
  const emailHash = testIdentityCrypto.hashOf(READER) ?? "";
  const address = await db.supporterAddress.findUnique({ where: { emailHash } });
  return { db, supporterId: address?.supporterId ?? "nobody" };
}

/** Adds up the entries by year and currency (`2026 USD`), one by one. Derives the year without the site's code. */
async function slowSums(db: Db, { supporterId, timeZone }: { supporterId: string; timeZone: string }) {
  const entries = await db.entry.findMany({ include: { payment: true } });
  const sums = new Map<string, { given: bigint; total: bigint }>();
  for (const { kind, amountMinor, currency, occurredAt, payment } of entries) {
    if (payment.supporterId !== supporterId) continue;
    const key = `${occurredAt.toLocaleDateString("sv-SE", { timeZone }).slice(0, 4)} ${currency}`;
    const sum = sums.get(key) ?? { given: 0n, total: 0n };
    sum.total += amountMinor;
    if (kind === "payment") sum.given += amountMinor;
    sums.set(key, sum);
  }
  return sums;
}

async function statementsOf(db: Db, { supporterId, timeZone }: { supporterId: string; timeZone: string }) {
  const payments = await listPaymentsWithEntries(db, supporterId);
  return statementYears(payments, timeZone).map((year) => {
    const statement = statementOf(payments, { year, timeZone });
    if (!statement) throw new Error(`${year} is listed but has no statement`);
    return statement;
  });
}

test("a statement's sums equal the sums of the ledger's entries, for random histories, in both time zones", async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(payment, { minLength: 1, maxLength: 14 }), async (lives) => {
      const { db, supporterId } = await record(lives);
      for (const timeZone of ZONES) {
        const stated = new Map<string, { given: bigint; total: bigint }>();
        const statements = await statementsOf(db, { supporterId, timeZone });
        for (const { year, currencies } of statements)
          for (const { currency, given, returned, total } of currencies) {
            expect(given.amountMinor + returned.amountMinor).toBe(total.amountMinor);
            stated.set(`${year} ${currency}`, { given: BigInt(given.amountMinor), total: BigInt(total.amountMinor) });
          }
        const slow = await slowSums(db, { supporterId, timeZone });
        const nothing = { given: 0n, total: 0n };
        for (const key of new Set([...stated.keys(), ...slow.keys()]))
          expect([key, stated.get(key) ?? nothing]).toEqual([key, slow.get(key) ?? nothing]);
        compared += stated.size;
        await expectEachOnce(db, { supporterId, statements });
      }
      await db.$disconnect();
    }),
    { ...propertyTestOptions({ usual: 8, all: 100 }), endOnFailure: true },
  );
  expect(compared).toBeGreaterThan(50);
});

/**
 * Expects that the statements list each succeeded payment once, and each pending payment once but outside the totals.
 * They must not list a bounced payment.
 */
async function expectEachOnce(db: Db, { supporterId, statements }: { supporterId: string; statements: Statement[] }) {
  const all = statements.flatMap(({ currencies }) => currencies);
  const payments = await db.payment.findMany({ where: { supporterId }, orderBy: { id: "asc" } });
  const numbers = (status: string) => payments.filter((each) => each.status === status).map(({ id }) => id);
  const ofKind = (kind: string) =>
    all.flatMap(({ lines, uncounted }) => [...lines, ...uncounted]).filter((line) => line.kind === kind);
  expect(
    ofKind("given")
      .map(({ paymentId }) => paymentId)
      .sort(),
  ).toEqual(numbers("succeeded"));
  expect(
    ofKind("on-its-way")
      .map(({ paymentId }) => paymentId)
      .sort(),
  ).toEqual(numbers("pending"));
  for (const { lines } of all) expect(lines.some(({ kind }) => kind === "on-its-way")).toBe(false);
  const kept = payments.reduce((sum, { status, amountMinor, refundedMinor, disputedMinor }) => {
    return status === "succeeded" ? sum + amountMinor - refundedMinor - disputedMinor : sum;
  }, 0n);
  expect(all.reduce((sum, { total }) => sum + BigInt(total.amountMinor), 0n)).toBe(kept);
}

test("the page, the PDF and the CSV have the same rows and amounts", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(payment, { minLength: 4, maxLength: 14 }),
      fc.constantFrom(...ZONES),
      async (lives, timeZone) => {
        const { db, supporterId } = await record(lives);
        for (const statement of await statementsOf(db, { supporterId, timeZone })) {
          const content = statementDocument(statement, setting(timeZone));
          const onPage = rowsOnPage(renderToStaticMarkup(createElement(DocumentSheet, { content })));
          const { elements } = await readPdf(await buffer(documentAsPdf(content, "A4")));
          const [, ...inPdf] = pdfTableRows(elements);
          expect(inPdf.filter(([first]) => first !== "Issued on" && first !== "Day")).toEqual(onPage);
          const [head, ...figures] = parseCsv(tableAsCsv(statementTable(statement, setting(timeZone))));
          expect(head).toEqual([
            `Day in ${timeZone}`,
            "Description",
            "Receipt number",
            "Amount",
            "Currency",
            "Counted",
          ]);
          const lines = onPage.filter(({ length }) => length === 4);
          expect(
            figures.map(([day = "", what, number, amount = ""]) => [shortDay(day), what, number, digits(amount)]),
          ).toEqual(lines.map(([day, what, number, amount = ""]) => [day, what, number, digits(amount)]));
          for (const { currency, total } of statement.currencies) {
            const counted = figures.filter((figure) => figure[4] === currency && figure[5] === "yes");
            expect(counted.reduce((sum, figure) => sum + digits(figure[3] ?? ""), 0)).toBe(total.amountMinor);
          }
        }
        await db.$disconnect();
      },
    ),
    { ...propertyTestOptions({ usual: 5, all: 60 }), endOnFailure: true },
  );
});

function rowsOnPage(html: string): string[][] {
  const tables = html.slice(html.indexOf("<section"));
  return [...tables.matchAll(/<tbody>(.*?)<\/tbody>|<dl class="sheet-lines sheet-sums">(.*?)<\/dl>/g)].flatMap(
    ([whole]) =>
      [...whole.matchAll(/<(?:tr|div)>(.*?)<\/(?:tr|div)>/g)].map(([, row = ""]) =>
        [...row.matchAll(/<(?:th|td|dt|dd)[^>]*>(.*?)<\/(?:th|td|dt|dd)>/g)].map(([, cell = ""]) => cell),
      ),
  );
}

/** Parses `-$1,234.50` and `-1234.50` as -123450. Yen have no decimals. */
function digits(amount: string): number {
  return Number(amount.replace(/[^\d]/g, "")) * (/[-−]/.test(amount) ? -1 : 1);
}

function shortDay(day: string): string {
  return new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" }).format(new Date(day));
}

/** Parses CSV as RFC 4180 defines it, except for line breaks inside a field. */
function parseCsv(csv: string): string[][] {
  const records = csv
    .replace(/^\ufeff/, "")
    .split("\r\n")
    .slice(0, -1);
  return records.map((record) =>
    [...record.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
    ),
  );
}
