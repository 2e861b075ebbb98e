// Tests a recurring gift whose bank debit bounces, and whose invoice a card pays later.
import type Stripe from "stripe";
import {
  accountIdOf,
  advanceAccountClock,
  monthlyGiftParams,
  oneTimeGiftParams,
  submitCheckoutForm,
  TEST_API_KEY,
} from "stripe-sandbox/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listBooksDifferences } from "../domain/ledger/check/store/progress";
import { listDueFollowUps } from "../domain/ledger/store/follow-ups";
import { listLatestPayments } from "../domain/newsroom/latest";
import { getTotals } from "../domain/newsroom/totals";
import { listOwnPayments, sumKeptAmountsByCurrency } from "../domain/supporters/own-gifts";
import { openEmptyLedger } from "../prisma/empty-ledger";
import { checkBooks } from "./books-check";
import type { Db } from "./database";
import { askAboutBankDebit } from "./stripe/follow-up";
import { makeTestGiftMetadata } from "./testing/own-metadata";
import { recordEventsInOrder } from "./testing/record-events";
import { openStandIn, type StandIn } from "./testing/stand-in";
import { testEnvironmentFor } from "./testing/stripes-books";

const metadata = makeTestGiftMetadata();
/** Debits from this test IBAN of the Stripe stand-in bounce after five banking days. */
const BOUNCES = "DE62 3704 0044 0532 0130 01";
const DAY_S = 86_400;

let fixture: StandIn;
let db: Db;
let customer: string;
let invoiceId: string;
let foreignIntent: string;

beforeAll(async () => {
  fixture = await openStandIn();
  Object.assign(process.env, testEnvironmentFor(fixture));
  db = await openEmptyLedger();
  const own = { ...monthlyGiftParams(2_000, "eur"), subscription_data: { metadata }, metadata };
  const session = await byDebit(own);
  [customer, invoiceId] = [String(session.customer), String(session.invoice)];
  // Another product's debits move the balance of the same account, and must be ignored.
  await byDebit({ ...monthlyGiftParams(9_900, "eur"), subscription_data: {} });
  const mug = { ...oneTimeGiftParams(7_700, "eur"), payment_intent_data: {}, customer_creation: "always" as const };
  foreignIntent = String((await byDebit(mug)).payment_intent);
});
afterAll(async () => {
  await db.$disconnect();
  await fixture.close();
});

async function byDebit(params: Stripe.Checkout.SessionCreateParams): Promise<Stripe.Checkout.Session> {
  const { checkout } = fixture.stripe;
  const session = await checkout.sessions.create(params);
  await submitCheckoutForm(session, { method: "sepa_debit", iban: BOUNCES, accountHolder: "Rosa Reader" });
  return checkout.sessions.retrieve(session.id);
}

async function takeAll(
  ledger: Db,
  order: (events: Stripe.Event[]) => Stripe.Event[] = (events) => events.toReversed(),
) {
  await recordEventsInOrder(ledger, order((await fixture.stripe.events.list({ limit: 100 })).data));
}

async function differences(ledger: Db, mode: "check" | "repair" = "check") {
  const { id } = await checkBooks(ledger, { mode, graceMs: 0 });
  const found = await listBooksDifferences(ledger, id);
  // Leaves out the state of the recurring gift itself.
  const ofMoney = found.filter(({ place }) => !place.startsWith("recurring"));
  return ofMoney.map(({ object, place, cause }) => `${object} ${place} ${cause}`);
}

const paymentsOf = (ledger: Db) =>
  ledger.payment.findMany({ select: { invoiceId: true, status: true, amountMinor: true, arrivedAt: true } });

const moved = async (ledger: Db) =>
  (await ledger.balanceEntry.findMany({ orderBy: { id: "asc" } })).map(({ id }) => id);

test("a pending debit has no receipt and no thanks, and the balance equals Stripe's to the cent", async () => {
  await takeAll(db);
  expect(await db.payment.findMany()).toMatchObject([
    { invoiceId, status: "pending", frequency: "monthly", amountMinor: 2_000n, arrivedAt: null, article: "a_1" },
  ]);
  const [{ fee, net }] = (await ownMoves()) as [Stripe.BalanceTransaction];
  const booked = { fee: { amountMinor: fee, currency: "EUR" }, net: { amountMinor: net, currency: "EUR" } };
  const gross = { amountMinor: 2_000, currency: "EUR" };
  expect(await getTotals(db, { day: "2026-11-24", month: "2026-11" })).toEqual({
    ...{ today: [], month: [], all: [] },
    pending: [{ currency: "EUR", payments: 1, gross, settled: [booked] }],
  });
  expect(await moved(db)).toHaveLength(1);
  expect(await differences(db)).toEqual([]);
});

test("a bounced debit is a failed payment that cost a fee and does not count as a gift", async () => {
  await advanceAccountClock(fixture.sandbox, accountIdOf(TEST_API_KEY), 12 * DAY_S);
  await takeAll(db);
  const [payment] = await db.payment.findMany();
  expect(payment).toMatchObject({ invoiceId, status: "failed", arrivedAt: null });
  expect(await db.payment.count()).toBe(1);
  expect(await listLatestPayments(db, { limit: 5 })).toMatchObject([{ standing: "failed", frequency: "monthly" }]);
  const gifts = await listOwnPayments(db, payment?.supporterId ?? "");
  expect(gifts).toMatchObject([{ standing: "failed", paymentId: payment?.id }]);
  expect(sumKeptAmountsByCurrency(gifts)).toEqual([]);
  expect(await db.outboxMail.count({ where: { kind: "thanks" } })).toBe(0);
  expect(await db.entry.count()).toBe(0);
  const [total] = await db.total.findMany({ where: { period: "ever", by: "frequency", settledCurrency: "EUR" } });
  const own = await ownMoves();
  const sum = (column: "fee" | "net") => BigInt(own.reduce((all, row) => all + row[column], 0));
  expect(total).toMatchObject({ payments: 0, settledPayments: 0, feeMinor: sum("fee"), netMinor: sum("net") });
  expect(total?.feeMinor).toBeGreaterThan(0n);
  expect(await moved(db)).toEqual(own.map(({ id }) => id).sort());
  expect(await differences(db)).toEqual([]);
});

test("asks Stripe again about a debit without an invoice until the debit is over an hour old", async () => {
  const left = await listDueFollowUps(db, { now: new Date(Date.now() + 30 * DAY_S * 1_000), limit: 100 });
  expect(left.map(({ key }) => key)).toEqual([`debit:${foreignIntent}`]);
  const question = { paymentIntentId: foreignIntent, now: new Date(Date.now() + 2 * 3_600_000) };
  expect(await askAboutBankDebit(fixture.stripe, question)).toEqual({ facts: [], isComplete: true });
});

test("events that arrive newest first give the same balance entries and the same payment", async () => {
  const other = await openEmptyLedger();
  await takeAll(other, (events) => events);
  expect(await moved(other)).toEqual(await moved(db));
  expect(await paymentsOf(other)).toEqual(await paymentsOf(db));
  expect(await differences(other)).toEqual([]);
  await other.$disconnect();
});

test("the comparison with Stripe reports a bounced debit that is missing or changed, and repairs it", async () => {
  const empty = await openEmptyLedger();
  expect(await differences(empty)).toContain(`${invoiceId} payment missing`);
  await differences(empty, "repair");
  expect(await differences(empty)).toEqual([]);
  expect(await moved(empty)).toEqual(await moved(db));
  expect(await empty.payment.findMany()).toMatchObject([{ invoiceId, status: "failed", amountMinor: 2_000n }]);
  await empty.payment.updateMany({ data: { status: "pending" } });
  expect(await differences(empty, "repair")).toContain(`${invoiceId} payment.status differs`);
  expect(await differences(empty)).toEqual([]);
  await empty.$disconnect();
});

test("a card that is declined after the debit bounced does not change the payment or the balance", async () => {
  await payBy("pm_card_chargeCustomerFail").catch(() => {});
  const before = await moved(db);
  await takeAll(db);
  expect(await db.payment.findMany()).toMatchObject([{ status: "failed" }]);
  expect(await moved(db)).toEqual(before);
  expect(await differences(db)).toEqual([]);
});

test("an invoice that a card pays at last is one payment with one e-mail of thanks, settled once, with the debits' fees", async () => {
  await payBy("pm_card_visa");
  await takeAll(db);
  const [charge] = (await fixture.stripe.charges.list({ customer, limit: 1 })).data;
  expect(await db.payment.findMany()).toMatchObject([{ invoiceId, status: "succeeded", chargeId: charge?.id }]);
  expect(await db.outboxMail.count({ where: { kind: "thanks" } })).toBe(1);
  const [total] = await db.total.findMany({ where: { period: "ever", by: "frequency", settledCurrency: "EUR" } });
  expect(total).toMatchObject({ settledPayments: 1, settledMinor: 2_000n });
  expect(await moved(db)).toEqual((await ownMoves()).map(({ id }) => id).sort());
  expect(await differences(db)).toEqual([]);
});

async function ownMoves(): Promise<Stripe.BalanceTransaction[]> {
  const charges = (await fixture.stripe.charges.list({ customer, limit: 100 })).data.map(({ id }) => id);
  const { data } = await fixture.stripe.balanceTransactions.list({ limit: 100 });
  return data.filter(({ source }) => charges.includes(String(source)));
}

async function payBy(card: string): Promise<void> {
  const { id } = await fixture.stripe.paymentMethods.attach(card, { customer });
  await fixture.stripe.invoices.pay(invoiceId, { payment_method: id });
}
