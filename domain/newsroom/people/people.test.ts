import { beforeEach, expect, test } from "vitest";
import { openEmptyLedger } from "../../../prisma/empty-ledger";
import type { Db } from "../../database";
import { newPaymentIdIfReceiptNumberTaken, receiptNumberOf } from "../../ledger/receipt-number";
import { findPaymentsByAmountAndDay, listPaymentsByReceiptNumber, searchSupportersAndPayments } from "./find";
import { findSupporterRecord } from "./supporter";
import { listTimeline, TIMELINE_EVENTS_PER_PAGE } from "./timeline";

const OLGA = "7f0c3f6e-0000-4000-8000-000000000001";
const BEFORE_MERGING = "7f0c3f6e-0000-4000-8000-000000000002";
const NUMBER = receiptNumberOf("payment:pi_single");
const SAME_NUMBER = `${NUMBER}~${newPaymentIdIfReceiptNumberTaken("payment:pi_single").split("~")[1]}`;
const identity = { hashOf: (address: string) => `hash of ${address.trim().toLowerCase()}` };
const at = (hour: number) => new Date(Date.UTC(2026, 9, 1, hour));
const now = at(100);

let db: Db;
beforeEach(async () => {
  db = await openEmptyLedger();
  await addOlga();
});

async function addOlga(): Promise<void> {
  const eur = { amountMinor: 1_500n, currency: "EUR" };
  await db.supporter.create({ data: { id: OLGA, locale: "ru", createdAt: at(1) } });
  await db.formerSupporter.create({ data: { id: BEFORE_MERGING, becameId: OLGA, at: at(2) } });
  const addresses = [
    { email: "old@example.org", since: at(1), until: at(3) },
    { email: "olga@example.org", since: at(3), until: null },
    { email: "second@example.org", since: at(4), until: null },
  ];
  for (const { email, ...days } of addresses)
    await db.supporterAddress.create({
      data: { emailHash: identity.hashOf(email), emailSealed: "sealed", supporterId: OLGA, ...days },
    });
  const form = { appeal: "a", variant: "v", placement: "banner", locale: "ru", createdAt: at(5), expiresAt: at(6) };
  await db.gift.create({
    data: { id: "form", formKey: "form", ...eur, frequency: "once", checkoutSessionId: "cs_1234", ...form },
  });
  const gift = { id: "monthly", subscriptionId: "sub_1234", customerId: "cus_1234", ...eur, frequency: "monthly" };
  await db.recurringGift.create({ data: { ...gift, status: "active", supporterId: OLGA, recordedAt: at(7) } });
  const single = { ...eur, frequency: "once", status: "succeeded", supporterId: OLGA, recordedAt: at(6) };
  await db.payment.createMany({
    data: [
      {
        ...{ ...single, id: NUMBER, paymentIntentId: "pi_1234", chargeId: "ch_1234", giftId: "form" },
        ...{ paidAt: at(6), refundedMinor: 400n, disputedMinor: 100n },
      },
      { ...single, id: SAME_NUMBER, paidAt: at(8), currency: "USD", invoiceId: "in_1234", recurringGiftId: "monthly" },
      { ...single, id: "gone back", paidAt: at(9), refundedMinor: 1_500n },
      { ...single, id: "failed", paidAt: at(10), status: "failed" },
      { ...single, id: "of another", paidAt: at(11), supporterId: null },
    ],
  });
  const ofPayment = { paymentId: NUMBER, currency: "EUR", recordedAt: at(12) };
  await db.entry.createMany({
    data: [
      { key: "payment:1", kind: "payment", amountMinor: 1_500n, occurredAt: at(6), ...ofPayment },
      { key: "refund:1", kind: "refund", amountMinor: -400n, occurredAt: at(12), ...ofPayment },
    ],
  });
  const moved = { feeMinor: 0n, netMinor: -400n, amountMinor: -400n, occurredAt: at(12) };
  await db.balanceEntry.create({
    data: { id: "txn_1234", kind: "refund", sourceId: "re_1234", ...moved, ...ofPayment },
  });
  const refund = { id: "re_1234", paymentIntentId: "pi_1234", status: "succeeded", amountMinor: 400n };
  await db.refund.create({ data: { ...refund, refundedAt: at(12), ...ofPayment } });
  const failed = { ...eur, failedAt: at(13), recordedAt: at(13) };
  await db.failedAttempt.createMany({
    data: [
      { ...failed, key: "of the form", giftId: "form", failedAt: at(5) },
      { ...failed, key: "of the gift", subscriptionId: "sub_1234" },
      { ...failed, key: "of another", giftId: "another form" },
    ],
  });
  const mail = { kind: "thanks", priority: 1, toSealed: "", locale: "ru", values: "{}", queuedAt: at(14) };
  await db.outboxMail.createMany({
    data: ["old", "olga", "other"].map((name) => ({
      ...{ ...mail, id: `mail ${name}`, factKey: name, personHash: identity.hashOf(`${name}@example.org`) },
      ...{ sentAt: name === "old" ? at(15) : null },
    })),
  });
  const note = { subscriptionId: "sub_1234", notedAt: at(16), recordedAt: at(16) };
  await db.recurringNote.create({ data: { ...note, key: "note", kind: "paused" } });
  const act = { by: "anna", role: "care", kind: "looked-up", chain: "" };
  for (const [n, about] of [`supporter:${BEFORE_MERGING}`, `payment:${NUMBER}`, "payment:of another"].entries())
    await db.act.create({ data: { ...act, number: n + 1, at: at(17 + n), about } });
}

const SEARCHES = [
  [" Olga@Example.org ", { kind: "supporter", supporterId: OLGA }],
  ["old@example.org", { kind: "supporter", supporterId: OLGA }],
  ["nobody@example.org", { kind: "none", searched: "address" }],
  [OLGA, { kind: "supporter", supporterId: OLGA }],
  [BEFORE_MERGING, { kind: "supporter", supporterId: BEFORE_MERGING }],
  ["cus_1234", { kind: "supporter", supporterId: OLGA }],
  ["sub_1234", { kind: "gift", recurringGiftId: "monthly" }],
  ...["pi_1234", "ch_1234", "cs_1234", "re_1234", "txn_1234"].map(
    (id) => [id, { kind: "payment", paymentId: NUMBER }] as const,
  ),
  ["in_1234", { kind: "payment", paymentId: SAME_NUMBER }],
  ["pi_12", { kind: "none", searched: "unknown" }],
  ["pi_123_", { kind: "none", searched: "stripe" }],
  // Two payments in the ledger have this receipt number.
  [NUMBER.toLowerCase(), { kind: "payments", number: NUMBER }],
] as const;

test("each search finds exactly what is expected", async () => {
  for (const [text, found] of SEARCHES)
    expect(await searchSupportersAndPayments(db, { text, identity, now: new Date() }), text).toEqual(found);
});

test("the id of a Checkout session finds the payment that was made in it, not a renewal", async () => {
  await db.payment.update({ where: { id: NUMBER }, data: { paidAt: at(24 * 60) } });
  await db.payment.update({ where: { id: SAME_NUMBER }, data: { giftId: "form" } });
  const search = () => searchSupportersAndPayments(db, { text: "cs_1234", identity, now: new Date() });
  expect(await search()).toEqual({ kind: "payment", paymentId: SAME_NUMBER });
  await db.payment.update({ where: { id: NUMBER }, data: { paidAt: at(6) } });
  expect(await search()).toEqual({ kind: "payment", paymentId: NUMBER });
});

test("lists payments by the receipt number, and by an amount and a day in the newsroom's time zone", async () => {
  const idsOf = ({ payments }: { payments: readonly { id: string }[] }) => payments.map(({ id }) => id);
  expect(idsOf(await listPaymentsByReceiptNumber(db, NUMBER))).toEqual([SAME_NUMBER, NUMBER]);
  const money = { amountMinor: 1_500, currency: "EUR" as const };
  await db.payment.update({ where: { id: "gone back" }, data: { paidAt: new Date("2026-10-01T21:00:00Z") } });
  const on = (day: string) => findPaymentsByAmountAndDay(db, { money, day, timeZone: "Europe/Moscow" });
  expect(idsOf(await on("2026-10-01"))).toEqual(["of another", "failed", NUMBER]);
  expect(idsOf(await on("2026-10-02"))).toEqual(["gone back"]);
});

test("a supporter's record has the newest current address first, and what is left of the payments in each currency", async () => {
  const found = await findSupporterRecord(db, { supporterId: OLGA, now });
  expect(found).toMatchObject({
    kind: "known",
    record: {
      addresses: [
        { since: at(4), until: null },
        { since: at(3), until: null },
        { since: at(1), until: at(3) },
      ],
      payments: 4,
      kept: [
        { money: { amountMinor: 1_000, currency: "EUR" }, payments: 1 },
        { money: { amountMinor: 1_500, currency: "USD" }, payments: 1 },
      ],
      recurringGifts: [{ id: "monthly" }],
    },
  });
  const former = await findSupporterRecord(db, { supporterId: BEFORE_MERGING, now });
  expect(former).toEqual({ kind: "merged", into: OLGA, at: at(2) });
});

test("the timeline has everything about the supporter and nothing about others, the newest first", async () => {
  const { events, next } = await listTimeline(db, { supporterId: OLGA, after: null });
  expect(next).toBeNull();
  const keyOf = (number: number) => `act:${String(number).padStart(12, "0")}`;
  expect(events.map(({ key }) => key)).toEqual([
    ...[keyOf(2), keyOf(1), "change:note", "mail:mail old", "mail:mail olga", "attempt:of the gift", "entry:refund:1"],
    ...["payment:failed", "payment:gone back", `payment:${SAME_NUMBER}`, `payment:${NUMBER}`],
    ...["gift:form", "attempt:of the form"],
  ]);
});

test("a long timeline comes in pages, each event once", async () => {
  // Three payments share each moment, so that a page can end between events of the same moment.
  await addPayments(95, (n) => at(20 + Math.floor(n / 3)));
  const keys = await listTimelineKeys();
  expect(keys).toHaveLength(95 + 13);
  expect(new Set(keys).size).toBe(keys.length);
});

test("the timeline has every event even if more than a hundred of each kind have the same time", async () => {
  await addPayments(110, () => at(14));
  const ids = Array.from({ length: 110 }, (_, n) => `M-${n}`);
  const failed = { amountMinor: 100n, currency: "EUR", recordedAt: now, failedAt: at(14) };
  await db.failedAttempt.createMany({ data: ids.map((id) => ({ ...failed, key: id, subscriptionId: "sub_1234" })) });
  const mail = { kind: "thanks", priority: 1, toSealed: "", locale: "ru", values: "{}" };
  const address = { personHash: identity.hashOf("olga@example.org") };
  // The later an e-mail was queued, the earlier it was sent, so both orders differ.
  const times = (n: number) => ({ queuedAt: at(2 - (n % 3)), sentAt: at(14 + (n % 3)) });
  const mails = ids.map((id, n) => ({ id, factKey: id, ...mail, ...address, ...times(n) }));
  await db.outboxMail.createMany({ data: mails });
  const keys = await listTimelineKeys();
  expect(keys).toHaveLength(3 * 110 + 13);
  expect(new Set(keys).size).toBe(keys.length);
});

async function addPayments(count: number, paidAt: (n: number) => Date): Promise<void> {
  const row = { amountMinor: 100n, currency: "EUR", frequency: "once", status: "succeeded", recordedAt: now };
  const many = Array.from({ length: count }, (_, n) => ({ ...row, id: `P-${n}`, paidAt: paidAt(n) }));
  await db.payment.createMany({ data: many.map((payment) => ({ ...payment, supporterId: OLGA })) });
}

/** Returns the keys of all events, read page by page. */
async function listTimelineKeys(): Promise<string[]> {
  const keys: string[] = [];
  const times: number[] = [];
  let after: Parameters<typeof listTimeline>[1]["after"] = null;
  do {
    const { events, next } = await listTimeline(db, { supporterId: OLGA, after });
    expect(events.length).toBeLessThanOrEqual(TIMELINE_EVENTS_PER_PAGE);
    keys.push(...events.map(({ key }) => key));
    times.push(...events.map((event) => event.at.getTime()));
    after = next;
  } while (after);
  expect(times).toEqual(times.toSorted((a, b) => b - a));
  return keys;
}
