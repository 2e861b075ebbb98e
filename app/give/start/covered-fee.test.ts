// Follows a covered card fee from the form through Checkout to the ledger, and back again after a rebuild from Stripe.
import { type Bench, fillIn, openBench } from "stripe-sandbox/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readGiftForm } from "../../../domain/giving/gift-form";
import { testPublication as publication } from "../../../domain/testing/test-publication";
import { emptyLedger } from "../../../prisma/empty-ledger";
import { checkBooks } from "../../../systems/books-check";
import type { Db } from "../../../systems/database";
import { newFormToken } from "../../../systems/giving/form-token";
import { setLedger } from "../../../systems/testing/runtime";
import { settingsFor } from "../../../systems/testing/stripes-books";
import { takeEvents } from "../../../systems/testing/take-events";
import { POST } from "./route";

const SITE = "http://127.0.0.1:3000";
let bench: Bench;
let db: Db;
let rebuilt: Db;

beforeAll(async () => {
  bench = await openBench();
  Object.assign(process.env, settingsFor(bench));
  [db, rebuilt] = await Promise.all([emptyLedger(), emptyLedger()]);
  setLedger(db);
});
afterAll(async () => {
  await Promise.all([db.$disconnect(), rebuilt.$disconnect()]);
  await bench.close();
});

async function send(fields: Record<string, string>, token = newToken()): Promise<string> {
  const body = new URLSearchParams({ form: token, ...fields });
  const headers = { "sec-fetch-site": "same-origin" };
  const request = new Request(`${SITE}/give/start`, { method: "POST", body, headers });
  return (await POST(request, { params: Promise.resolve({}) })).headers.get("location") ?? "";
}

function newToken(): string {
  return newFormToken(new Date(Date.now() - 2_000));
}

async function checkoutOf(fields: Record<string, string>) {
  const [id = ""] = /cs_test_\w+/.exec(await send(fields)) ?? [];
  return bench.stripe.checkout.sessions.retrieve(id, { expand: ["line_items"] });
}

async function differencesOf(db: Db): Promise<string[]> {
  const { id: checkId } = await checkBooks(db, { mode: "check", graceMs: 0 });
  const differences = await db.booksDifference.findMany({ where: { checkId } });
  return differences.map(({ place, ours, theirs }) => `${place} ${ours} ${theirs}`);
}

test.each([
  ["once", "USD", "15", 1_576, 76, "$15.00, and $0.76 to cover the card fee."],
  ["month", "USD", "10", 1_061, 61, "$10.00, and $0.61 to cover the card fee."],
  ["year", "EUR", "99.99", 10_177, 178, "€99.99, and €1.78 to cover the card fee."],
  ["once", "JPY", "2000", 2_075, 75, "¥2,000, and ¥75 to cover the card fee."],
  ["once", "KWD", "5", 5_250, 250, "KWD\u00a05.000, and KWD\u00a00.250 to cover the card fee."],
])(
  "a gift %s of %s %s is charged with its fee in one amount, and Checkout names both parts",
  async (every, currency, custom, whole, part, words) => {
    const preset = `preset-${currency.toLowerCase()}-${every}`;
    const fields = { every, currency, [preset]: "custom", custom, cover: "fee" };
    const session = await checkoutOf(fields);
    expect(session.amount_total).toBe(whole);
    expect(session.line_items?.data.map(({ amount_total }) => amount_total)).toEqual([whole]);
    expect(session.custom_text.submit?.message).toBe(words);
    expect(session.metadata?.covered_fee).toBe(`${part} of ${whole}`);
    const back = readGiftForm(Object.fromEntries(new URL(session.cancel_url ?? "").searchParams), publication);
    expect(back).toMatchObject({ coversFee: true, currency });
    expect(Number(back.amount)).toBe(Number(custom));
    await fillIn(session);
  },
);

test("single and recurring payments record the covered fee, also in a ledger rebuilt from Stripe", async () => {
  await takeEvents(db, (await bench.stripe.events.list({ limit: 100 })).data);
  await checkBooks(rebuilt, { mode: "repair", graceMs: 0 });
  for (const ledger of [db, rebuilt]) {
    const payments = await ledger.payment.findMany({ orderBy: { coveredFeeMinor: "asc" } });
    expect(payments.map(({ amountMinor, coveredFeeMinor }) => [amountMinor, coveredFeeMinor].map(Number))).toEqual([
      ...[
        [1_061, 61],
        [2_075, 75],
        [1_576, 76],
        [10_177, 178],
        [5_250, 250],
      ],
    ]);
    const totals = await ledger.total.findMany({ where: { period: "ever", by: "frequency", settledCurrency: "" } });
    const dollars = totals.filter(({ currency }) => currency === "USD");
    expect(dollars.reduce((sum, { coveredFeeMinor }) => sum + coveredFeeMinor, 0n)).toBe(137n);
  }
  expect(await differencesOf(rebuilt)).toEqual([]);
});

test("the books check finds a covered fee that differs from the one in Stripe's metadata", async () => {
  const { id, coveredFeeMinor } = await db.payment.findFirstOrThrow({ where: { coveredFeeMinor: 76 } });
  await db.payment.update({ where: { id }, data: { coveredFeeMinor: 75 } });
  expect(await differencesOf(db)).toContain("payment.coveredFeeMinor 75 76");
  await db.payment.update({ where: { id }, data: { coveredFeeMinor } });
});

test("an unchecked box adds nothing, and the same form sent with and without it makes two gifts", async () => {
  const fields = { every: "once", currency: "USD", "preset-usd-once": "15" };
  const token = newToken();
  const [plain, covering] = [await send(fields, token), await send({ ...fields, cover: "fee" }, token)];
  expect(covering).not.toBe(plain);
  expect(await send({ ...fields, cover: "fee" }, token)).toBe(covering);
  const session = await checkoutOf(fields);
  expect(session).toMatchObject({ amount_total: 1_500, custom_text: { submit: null } });
  expect(session.metadata).not.toHaveProperty("covered_fee");
  // The same amount, chosen whole.
  const whole = { every: "once", currency: "USD", "preset-usd-once": "custom", custom: "15.76" };
  expect(await send(whole, token)).not.toBe(covering);
  // A currency whose fee the publication does not name has no box.
  const pounds = { every: "once", currency: "GBP", "preset-gbp-once": "25", cover: "fee" };
  expect((await checkoutOf(pounds)).amount_total).toBe(2_500);
});

test("a refused form comes back with its box still checked", async () => {
  const refused = await send({
    every: "once",
    currency: "USD",
    "preset-usd-once": "custom",
    custom: "1",
    cover: "fee",
  });
  expect(new URL(refused, SITE).searchParams.get("cover")).toBe("fee");
});
