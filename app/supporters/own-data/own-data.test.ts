import { accountIdOf, advanceAccountClock, TEST_API_KEY } from "stripe-sandbox/testing";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import type { OwnData } from "@/domain/supporters/own-data-format";
import { runJobsUntilIdle } from "@/lab/torture/run-jobs-until-idle";
import { openEmptyLedger } from "@/prisma/empty-ledger";
import { publication } from "@/publication";
import type { Db } from "@/systems/database";
import { identityCrypto } from "@/systems/identity";
import { renderHtml, signInAs, submitForm } from "@/systems/testing/browser";
import { giveMonthly, giveOnce } from "@/systems/testing/gifts";
import { makeTestGiftMetadata } from "@/systems/testing/own-metadata";
import { pdfTableRows, readPdf } from "@/systems/testing/read-pdf";
import { recordEventsInOrder } from "@/systems/testing/record-events";
import { setRuntimeDatabase } from "@/systems/testing/runtime";
import { openStandIn, type StandIn } from "@/systems/testing/stand-in";
import { testEnvironmentFor } from "@/systems/testing/stripes-books";
import ReceiptPage from "../gifts/[paymentId]/page";
import { GET as receiptPdf } from "../gifts/[paymentId]/receipt.pdf/route";
import SupportersPage from "../page";
import { GET as csv } from "./export.csv/route";
import { GET as json } from "./export.json/route";
import { POST as chooseLanguage } from "./language/route";
import { POST as chooseMails } from "./mails/route";
import OwnDataPage from "./page";
import { POST as saveName } from "./receipt-name/route";

vi.mock("next/headers", async () => (await import("@/systems/testing/browser")).nextHeadersMock);

const ANNA = "anna@example.org";
const BORIS = "boris@example.org";
const metadata = { ...makeTestGiftMetadata(), article: "=1+1" };

let bench: StandIn;
let db: Db;

beforeAll(async () => {
  bench = await openStandIn();
  Object.assign(process.env, testEnvironmentFor(bench));
  db = await openEmptyLedger();
  setRuntimeDatabase(db);
  await give(ANNA);
  await give(BORIS);
  const charge = (await bench.stripe.charges.list({ limit: 100 })).data.find(
    ({ amount, billing_details }) => amount === 2_000 && billing_details.email === ANNA,
  );
  await bench.stripe.refunds.create({ charge: charge?.id ?? "", amount: 500 });
  await recordEventsInOrder(db, (await bench.stripe.events.list({ limit: 100 })).data.toReversed());
  await runJobsUntilIdle(db);
});
afterAll(async () => {
  vi.doUnmock("next/headers");
  await db.$disconnect();
  await bench.close();
});

async function give(email: string): Promise<void> {
  await giveOnce(bench, email, { metadata: { ...metadata, covered_fee: "88 of 2000" } });
  await giveMonthly(bench, email, { metadata });
}

const signIn = (email: string) => signInAs(db, email);
const saveAs = (name: string) => send(saveName, { name });
const choose = (kinds: Record<string, string>) => send(chooseMails, kinds);

async function send(route: typeof saveName, fields: Record<string, string>): Promise<string> {
  const answer = await submitForm(route, fields);
  expect(answer.headers.get("location")).toBe("/supporters/own-data");
  return renderHtml(OwnDataPage());
}

async function receiptOf(email: string): Promise<string> {
  return renderHtml(ReceiptPage({ params: Promise.resolve({ paymentId: await paymentOf(email) }) }));
}

async function paymentOf(email: string): Promise<string> {
  const hash = identityCrypto().hashOf(email) ?? "";
  const { supporterId } = await db.supporterAddress.findUniqueOrThrow({ where: { emailHash: hash } });
  return (await db.payment.findFirstOrThrow({ where: { supporterId } })).id;
}

test("the JSON contains this supporter's data with exact amounts, and nothing of another supporter", async () => {
  await signIn(ANNA);
  const answer = await json();
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="own-data.json"');
  expect(answer.headers.get("cache-control")).toBe("private, no-store");
  const text = await answer.text();
  const data: OwnData = JSON.parse(text);
  expect(data).toMatchObject({ format: "appeal-own-data", version: 2 });
  expect(data.you.addresses.map(({ address }) => address)).toEqual([ANNA]);
  expect(data.payments.map(({ amount }) => `${amount.amount} ${amount.currency}`).sort()).toEqual([
    "10.00 USD",
    "20.00 USD",
  ]);
  expect(data.payments.map(({ coveredFee }) => coveredFee?.amount ?? "none").sort()).toEqual(["0.88", "none"]);
  expect(data.recurringGifts).toMatchObject([
    { frequency: "monthly", standing: "running", amount: { amount: "10.00" } },
  ]);
  expect(data.signIns).toHaveLength(1);
  expect(data.mails.map(({ kind }) => kind)).toContain("thanks");
  expect(text).not.toContain(BORIS);
  for (const { id } of await db.payment.findMany({ where: { supporterId: (await other()).supporterId } }))
    expect(text).not.toContain(id);
});

async function other() {
  return db.supporterAddress.findUniqueOrThrow({ where: { emailHash: identityCrypto().hashOf(BORIS) ?? "" } });
}

test("a refund is listed as an amendment, and the payment shows the amount kept", async () => {
  await signIn(ANNA);
  const { payments }: OwnData = await (await json()).json();
  expect(payments.filter(({ amendments }) => amendments.length > 0)).toMatchObject([
    {
      amount: { amount: "20.00" },
      kept: { amount: "15.00" },
      amendments: [{ what: "refunded", amount: { amount: "-5.00", currency: "USD" } }],
    },
  ]);
});

test("the CSV has one record per line, the columns of docs/own-data-format.md, and escaped formulas", async () => {
  await signIn(ANNA);
  const text = await (await csv()).text();
  const [head, ...lines] = text.replace("﻿", "").trimEnd().split("\r\n");
  expect(head).toBe("record,id,at,what,amount,currency,frequency,standing,about");
  expect(new Set(lines.map((line) => line.split(",")[0]))).toEqual(
    new Set([
      ...["file", "supporter", "address", "recurring-gift", "recurring-change"],
      ...["payment", "covered-fee", "amendment", "mail", "sign-in"],
    ]),
  );
  expect(
    lines
      .filter((line) => line.startsWith("payment,"))
      .map((line) => line.split(",")[4])
      .sort(),
  ).toEqual(["10.00", "20.00"]);
  expect(text).toContain("'=1+1");
  expect(text).not.toMatch(/[,\n]=1\+1/);
});

test("the PDF omits a name whose letters its fonts lack, and the page says so", async () => {
  await signIn(ANNA);
  const paymentId = await paymentOf(ANNA);
  const inPdf = async () => {
    const answer = await receiptPdf(new Request("http://127.0.0.1:3000/"), { params: Promise.resolve({ paymentId }) });
    const { elements } = await readPdf(new Uint8Array(await answer.arrayBuffer()));
    return pdfTableRows(elements).find(([name]) => name === "Given by")?.[1] ?? null;
  };
  const MISSING = "PDF receipts cannot show this name";
  for (const [name, printed] of [
    ["王小明", null],
    ["דוד כהן", "דוד כהן"],
    ["علی\u200cرضا", "علیرضا"],
  ] as const) {
    const page = await saveAs(name);
    expect(page).toContain("Your receipts now show this name.");
    expect(await inPdf()).toBe(printed);
    expect(page.includes(MISSING), name).toBe(printed === null);
  }
  expect(await saveAs("")).not.toContain(MISSING);
});

test("a typed name is sealed, appears on the receipt, and can be removed", async () => {
  await signIn(ANNA);
  expect(await receiptOf(ANNA)).not.toContain("Given by");
  expect(await saveAs("  Anna   Petrova ")).toContain("Your receipts now show this name.");
  const { receiptNameSealed } = await db.supporter.findFirstOrThrow({ where: { receiptNameSealed: { not: null } } });
  expect(receiptNameSealed).not.toContain("Anna");
  expect(await receiptOf(ANNA)).toMatch(/Given by.*Anna Petrova/s);
  expect(JSON.parse(await (await json()).text()).you.nameOnReceipts).toBe("Anna Petrova");
  await signIn(BORIS);
  expect(await receiptOf(BORIS)).not.toContain("Anna");
  await signIn(ANNA);
  expect(await saveAs("")).toContain("Your receipts now show no name.");
  expect(await receiptOf(ANNA)).not.toContain("Given by");
});

test("thanks for renewals can be refused and chosen again", async () => {
  await signIn(ANNA);
  const thanksAfterAMonth = async () => {
    await advanceAccountClock(bench.sandbox, accountIdOf(TEST_API_KEY), 32 * 86_400);
    const before = await db.outboxMail.count({ where: { kind: "thanks" } });
    await recordEventsInOrder(db, (await bench.stripe.events.list({ limit: 100 })).data.toReversed());
    return (await db.outboxMail.count({ where: { kind: "thanks" } })) - before;
  };
  expect(await choose({})).toContain("Your choice is saved.");
  expect(await thanksAfterAMonth()).toBe(1);
  expect(JSON.parse(await (await json()).text()).you.refusedMails).toMatchObject([{ kind: "renewal-thanks" }]);
  expect(await choose({ "renewal-thanks": "yes" })).toMatch(/name="renewal-thanks"[^>]*checked/);
  expect(await thanksAfterAMonth()).toBe(2);
});

test.each([
  ["x".repeat(101), "Please use at most 100 letters: a receipt has no room for more."],
  ["‮evil", "Please type a name in letters."],
  ["12345", "Please type a name in letters."],
])("refuses %j, and shows again what was typed", async (typed, refusal) => {
  await signIn(ANNA);
  const html = await saveAs(typed);
  expect(html).toContain(refusal);
  expect(html).toContain(`value="${typed}"`);
  expect(await db.supporter.count({ where: { receiptNameSealed: { not: null } } })).toBe(0);
});

test("a supporter chooses the language of their own pages and e-mails, and of nobody else's", async () => {
  Object.assign(publication, { languages: ["en", "ru"] });
  onTestFinished(() => void Object.assign(publication, { languages: ["en"] }));
  await signIn(ANNA);
  const before = await renderHtml(OwnDataPage());
  expect(before).toMatch(/<button value="ru" lang="ru"[^>]*name="language">Русский</);
  expect(await send(chooseLanguage, { language: "ru" })).toContain("Язык сохранён.");
  expect(await renderHtml(SupportersPage())).toContain("Вы вошли");
  expect(await send(chooseLanguage, { language: "xx" })).toContain("Ваши данные");
  await giveOnce(bench, ANNA, { metadata });
  await recordEventsInOrder(db, (await bench.stripe.events.list({ limit: 20 })).data.toReversed());
  await runJobsUntilIdle(db);
  const newest = await db.outboxMail.findFirstOrThrow({ where: { kind: "thanks" }, orderBy: { queuedAt: "desc" } });
  expect([newest.personHash, newest.locale]).toEqual([identityCrypto().hashOf(ANNA), "ru"]);
  await signIn(BORIS);
  expect(await renderHtml(OwnDataPage())).toContain("Your data");
  await signIn(ANNA);
  const answer = await submitForm(chooseLanguage, { language: "en", page: "/supporters" });
  expect(answer.headers.get("location")).toBe("/supporters");
  expect(await renderHtml(SupportersPage())).toContain("signed in");
});
