import { accountIdOf, advanceAccountClock, TEST_API_KEY } from "stripe-sandbox/testing";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { dayOn } from "@/domain/calendar";
import { newPaymentIdIfReceiptNumberTaken, receiptNumberOf } from "@/domain/ledger/receipt-number";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import { publication } from "@/publication";
import { checkBooks } from "@/systems/books-check";
import type { Db } from "@/systems/database";
import { identityCrypto } from "@/systems/identity";
import { renderHtml, signInAs as signInTo } from "@/systems/testing/browser";
import { giveMonthly, giveOnce } from "@/systems/testing/gifts";
import { pdfTableRows, readPdf } from "@/systems/testing/read-pdf";
import { recordEventsInOrder } from "@/systems/testing/record-events";
import { setRuntimeDatabase } from "@/systems/testing/runtime";
import { openStandIn, type StandIn } from "@/systems/testing/stand-in";
import { testEnvironmentFor } from "@/systems/testing/stripes-books";
import ReceiptPage from "../gifts/[paymentId]/page";
import { GET as getReceiptPdf } from "../gifts/[paymentId]/receipt.pdf/route";
import SupportersPage from "../page";
import StatementPage from "./[year]/page";
import { GET as getStatementCsv } from "./[year]/statement.csv/route";
import { GET as getStatementPdf } from "./[year]/statement.pdf/route";

vi.mock("next/headers", async () => (await import("@/systems/testing/browser")).nextHeadersMock);

const READER = "reader@example.org";
const OTHER = "other@example.org";
const NOT_FOUND = { digest: "NEXT_HTTP_ERROR_FALLBACK;404" };
const CURRENCIES = ["usd", "jpy"] as const;
const YEAR = Number(dayOn(new Date(), publication.timeZone).slice(0, 4));

let bench: StandIn;
let db: Db;

beforeAll(async () => {
  bench = await openStandIn();
  Object.assign(process.env, testEnvironmentFor(bench));
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
  const { stripe } = bench;
  for (const currency of CURRENCIES)
    await stripe.refunds.create({ payment_intent: await pay(3_000, currency), amount: 1_000 });
  await pay(7_000, "usd", OTHER);
  await giveMonthly(bench, READER);
  await advanceAccountClock(bench.sandbox, accountIdOf(TEST_API_KEY), 8 * 86_400);
  const events: Parameters<typeof recordEventsInOrder>[1][number][] = [];
  for await (const event of stripe.events.list({ limit: 100 })) events.push(event);
  await recordEventsInOrder(db, events.toReversed());
});
afterAll(async () => {
  await db.$disconnect();
  vi.doUnmock("next/headers");
  await bench.close();
});

const pay = (amount: number, currency: string, email = READER) => giveOnce(bench, email, { amount, currency });
const signInAs = (email: string | null) => signInTo(db, email);

const request = new Request("http://127.0.0.1:3000/");
const receipt = (paymentId: string) => ({ params: Promise.resolve({ paymentId }) });
const statement = (year: number | string = YEAR) => ({ params: Promise.resolve({ year: String(year) }) });

async function numbersOf(email: string): Promise<string[]> {
  const emailHash = identityCrypto().hashOf(email) ?? "";
  const { supporterId } = await db.supporterAddress.findUniqueOrThrow({ where: { emailHash } });
  const payments = await db.payment.findMany({ where: { supporterId }, orderBy: { id: "asc" } });
  return payments.map(({ id }) => id);
}

async function bytesOf(answer: Response): Promise<Uint8Array> {
  return new Uint8Array(await answer.arrayBuffer());
}

test("a supporter's page links to the year's statement, which links to its files", async () => {
  await signInAs(READER);
  expect(await renderHtml(SupportersPage())).toContain(`href="/supporters/statements/${YEAR}"`);
  const page = await renderHtml(StatementPage(statement()));
  expect(page).toContain(`href="/supporters/statements/${YEAR}/statement.pdf"`);
  expect(page).toContain(`href="/supporters/statements/${YEAR}/statement.csv"`);
});

test("the statement has a table and a total for each currency, and a line for each refund", async () => {
  await signInAs(READER);
  const { elements } = await readPdf(await bytesOf(await getStatementPdf(request, statement())));
  const rows = pdfTableRows(elements).map((row) =>
    row.join(" | ").replaceAll(/[A-Z\d]{4}(-[A-Z\d]{4}){2}-[A-Z\d]/g, "NUMBER"),
  );
  const day = (style: "medium" | "long") =>
    new Intl.DateTimeFormat("en", { dateStyle: style, timeZone: publication.timeZone }).format(new Date());
  const [today, then] = [day("medium"), day("long")];
  const head = "Day | Description | Receipt number | Amount";
  const amountOf = (text: string) => rows.filter((row) => row.includes(text)).map((row) => row.split(" | ").at(-1));
  expect(rows.filter((row) => row === head)).toHaveLength(2);
  expect(amountOf("Single gift").sort()).toEqual(["$30.00", "¥3,000"]);
  expect(amountOf("Refund of the gift").sort()).toEqual(["−$10.00", "−¥1,000"]);
  expect(rows).toContain(`${today} | Refund of the gift of ${then} | NUMBER | −$10.00`);
  expect(amountOf("Monthly gift")).toEqual(["$10.00"]);
  expect(amountOf(`Total for ${YEAR}`).sort()).toEqual(["$30.00", "¥2,000"]);
});

test("a receipt's PDF contains the same facts as its page", async () => {
  await signInAs(READER);
  const numbers = await numbersOf(READER);
  expect(numbers).toHaveLength(3);
  for (const number of numbers) {
    const page = await renderHtml(ReceiptPage(receipt(number)));
    const onPage = [...page.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/g)].map(([, name, value]) => [name, value]);
    expect(onPage[0]).toEqual(["Receipt number", number]);
    const { elements, info } = await readPdf(await bytesOf(await getReceiptPdf(request, receipt(number))));
    expect(pdfTableRows(elements)).toEqual(onPage);
    expect(info.Title).toMatch(new RegExp(`^Receipt(, amended)? ${number}$`));
  }
});

test("a receipt number in lower case and without hyphens opens the receipt", async () => {
  await signInAs(READER);
  const [number = ""] = await numbersOf(READER);
  const typed = number.toLowerCase().replaceAll("-", "");
  expect(await renderHtml(ReceiptPage(receipt(typed)))).toContain(`<dd>${number}</dd>`);
  const wrong = typed.slice(0, -1) + (typed.endsWith("2") ? "3" : "2");
  await expect(ReceiptPage(receipt(wrong))).rejects.toMatchObject(NOT_FOUND);
});

test("no cache may store a file, and neither its name nor its content identifies a person", async () => {
  await signInAs(READER);
  const [number = ""] = await numbersOf(READER);
  const files = [
    [await getReceiptPdf(request, receipt(number)), "application/pdf", `receipt-${number}.pdf`],
    [await getStatementPdf(request, statement()), "application/pdf", `statement-${YEAR}.pdf`],
    [await getStatementCsv(request, statement()), "text/csv; charset=utf-8; header=present", `statement-${YEAR}.csv`],
  ] as const;
  for (const [answer, type, name] of files) {
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toEqual({
      "content-type": type,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "private, no-store",
    });
    const content = Buffer.from(await answer.arrayBuffer()).toString("latin1");
    expect(content).not.toMatch(/example\.org|(pi|in|ch|re|cus|sub)_\w{6}/);
  }
});

test("receipts and statements answer 404 to another supporter and to somebody who never gave", async () => {
  const [number = ""] = await numbersOf(READER);
  await signInAs(OTHER);
  await expect(ReceiptPage(receipt(number))).rejects.toMatchObject(NOT_FOUND);
  await expect(getReceiptPdf(request, receipt(number))).rejects.toMatchObject(NOT_FOUND);
  const csv = await (await getStatementCsv(request, statement())).text();
  expect(csv.split("\r\n")).toHaveLength(3);
  for (const theirs of await numbersOf(READER)) expect(csv).not.toContain(theirs);
  await signInAs("never-gave@example.org");
  for (const handler of [
    () => StatementPage(statement()),
    () => getStatementPdf(request, statement()),
    () => getStatementCsv(request, statement()),
  ])
    await expect(handler()).rejects.toMatchObject(NOT_FOUND);
});

test("somebody who is not signed in is redirected to sign in, and then to the same file", async () => {
  await signInAs(null);
  const next = encodeURIComponent(`/supporters/statements/${YEAR}/statement.pdf`);
  await expect(getStatementPdf(request, statement())).rejects.toMatchObject({
    digest: expect.stringContaining(`/sign-in?next=${next}`),
  });
});

test.each(["0000", "1999", "2999", "20", "1e3", "2026.0", "../2026", "somebody-elses"])(
  "there is no statement of %s",
  async (year) => {
    await signInAs(READER);
    for (const handler of [
      () => StatementPage(statement(year)),
      () => getStatementPdf(request, statement(year)),
      () => getStatementCsv(request, statement(year)),
    ])
      await expect(handler()).rejects.toMatchObject(NOT_FOUND);
  },
);

test("a ledger rebuilt from Stripe has the same receipt numbers and the same statement", async () => {
  await signInAs(READER);
  const before = await (await getStatementCsv(request, statement())).text();
  const numbers = await numbersOf(READER);
  const rebuilt = await openEmptyLedger();
  await checkBooks(rebuilt, { mode: "repair", graceMs: 0 });
  const recorded = db;
  db = rebuilt;
  setRuntimeDatabase(rebuilt);
  try {
    await signInAs(READER);
    expect(await numbersOf(READER)).toEqual(numbers);
    expect(await (await getStatementCsv(request, statement())).text()).toBe(before);
  } finally {
    db = recorded;
    setRuntimeDatabase(recorded);
    await rebuilt.$disconnect();
  }
});

test("two payments of one supporter that share a receipt number each have a receipt of their own", async () => {
  const intent = await pay(5_100, "usd", OTHER);
  await recordEventsInOrder(db, (await bench.stripe.events.list({ limit: 20 })).data.toReversed());
  const first = await db.payment.findUniqueOrThrow({ where: { paymentIntentId: intent } });
  const { supporterId, paidAt, recordedAt } = first;
  const taken = { amountMinor: 8_800n, currency: "USD", frequency: "once", status: "succeeded" };
  const id = `${first.id}~SECOND`;
  await db.payment.create({ data: { ...taken, id, supporterId, paidAt, recordedAt } });
  await signInAs(OTHER);
  const documentOf = (paymentId: string) => renderHtml(ReceiptPage(receipt(paymentId)));
  expect(await documentOf(first.id)).toContain("$51.00");
  expect(await documentOf(id)).toContain("$88.00");
  // A link in an e-mail can contain an id with a suffix. After a rebuild of the ledger, the same payment can have an id
  // without a suffix. The link must still find it.
  expect(await documentOf(`${first.id}~FIRST`)).toContain("$51.00");
  await db.payment.delete({ where: { id } });
});

test("two payments that share a receipt number both have a receipt, in either order of recording", async () => {
  const recorded = db;
  const [intent, documents] = [await pay(4_200, "usd", OTHER), [] as string[]];
  const number = receiptNumberOf(`payment:${intent}`);
  const events = (await bench.stripe.events.list({ limit: 20 })).data.toReversed();
  const strangers = { amountMinor: 100n, currency: "USD", frequency: "once", status: "succeeded", paidAt: new Date() };
  const ids: string[] = [];
  for (const comesFirst of [false, true]) {
    db = await openEmptyLedger();
    setRuntimeDatabase(db);
    try {
      if (comesFirst) await db.payment.create({ data: { id: number, ...strangers, recordedAt: new Date() } });
      await recordEventsInOrder(db, events);
      ids.push((await db.payment.findUniqueOrThrow({ where: { paymentIntentId: intent } })).id);
      await signInAs(OTHER);
      // The page's link to the PDF contains the payment's id, which has a suffix such as `~FIRST` in only one round.
      // Removes the suffix, so that the pages of both rounds can be compared.
      const documentAt = async (id: string) => (await renderHtml(ReceiptPage(receipt(id)))).replaceAll(/~\w+/g, "");
      documents.push(await documentAt(number));
      expect(documents.at(-1)).toContain(`<dd>${number}</dd>`);
      expect(await documentAt(ids.at(-1) ?? "")).toBe(documents.at(-1));
      // A ledger that is rebuilt can give the payment another id. Links in older e-mails may still have an id with a
      // suffix.
      expect(await documentAt(newPaymentIdIfReceiptNumberTaken(`payment:${intent}`))).toBe(documents.at(-1));
      expect(await (await getStatementCsv(request, statement())).text()).toMatch(new RegExp(`,${number},42\\.00,`));
      expect(await db.receivedEvent.count({ where: { outcome: "failed" } })).toBe(0);
    } finally {
      await db.$disconnect();
      db = recorded;
      setRuntimeDatabase(recorded);
    }
  }
  expect(ids).toEqual([number, newPaymentIdIfReceiptNumberTaken(`payment:${intent}`)]);
  expect(documents[1]).toBe(documents[0]);
});
