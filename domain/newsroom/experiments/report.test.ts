import { beforeEach, expect, test } from "vitest";
import { openEmptyLedger } from "../../../prisma/empty-ledger";
import { dateOfEpochDay, epochDayOf } from "../../appeal/experiment";
import { experimentRowOf } from "../../appeal/experiments";
import { addToEventCounts, insertExperiment } from "../../appeal/store";
import type { Db } from "../../database";
import { findExperimentBaseline } from "./past-values";
import { findExperimentReport } from "./report";

const startedAt = new Date("2026-10-01T08:00:00Z");
const start = epochDayOf(startedAt);
const on = (day: number) => new Date(dateOfEpochDay(start + day).getTime() + 12 * 60 * 60 * 1000);
const ID = "x_00000001";
const DRAFT = "x_00000002";
let db: Db;
let gifts = 0;

beforeEach(async () => {
  db = await openEmptyLedger();
  const arms = [
    { arm: "a", share: 50 },
    { arm: "b", share: 50 },
  ];
  const plan = { appeal: "first", arms, currency: "USD" as const, rates: { EUR: "1.1" }, capMinor: 20_000 };
  const size = { plannedReaders: 1_000, smallestEffectMinor: 1, lastDay: start + 3 };
  const experiment = { name: "Shorter", ...plan, ...size, createdAt: startedAt, endedAt: null };
  await insertExperiment(db, experimentRowOf({ ...experiment, id: ID, startedAt }));
  await insertExperiment(db, experimentRowOf({ ...experiment, id: DRAFT, startedAt: null }));
  for (const name of ["s_1", "s_2"])
    await db.supporter.create({ data: { id: name, locale: "en", createdAt: startedAt } });
});

type Given = {
  arm: string;
  supporterId?: string;
  day?: number;
  minor?: bigint;
  currency?: string;
  recurringGiftId?: string;
};

async function give({
  arm,
  supporterId,
  day = 0,
  minor = 1_000n,
  currency = "USD",
  recurringGiftId,
}: Given): Promise<string> {
  const id = `payment_${++gifts}`;
  const money = { amountMinor: minor, currency };
  const origin = { experiment: ID, arm, exposedOn: start, article: "a_1" };
  const times = { paidAt: on(day), recordedAt: on(day) };
  const frequency = recurringGiftId ? "monthly" : "once";
  await db.payment.create({
    data: { id, ...money, ...origin, ...times, status: "succeeded", frequency, supporterId, recurringGiftId },
  });
  await db.entry.create({
    data: { key: id, kind: "payment", paymentId: id, ...money, occurredAt: on(day), recordedAt: on(day) },
  });
  return id;
}

async function expose(arm: string, count: number): Promise<void> {
  const key = { table: "experiment", experiment: ID, arm, day: start, event: "exposed" } as const;
  await db.$transaction((tx) =>
    addToEventCounts(tx, [
      { key, count },
      { key: { ...key, event: "closed" }, count: 7 },
    ]),
  );
}

test("a report has the income of each variant, capped, converted and less refunds", async () => {
  await expose("a", 100);
  await expose("b", 110);
  await give({ arm: "a", supporterId: "s_1" });
  await give({ arm: "a", supporterId: "s_1", day: 2, minor: 30_000n });
  await give({ arm: "b", currency: "EUR" });
  const back = await give({ arm: "b", supporterId: "s_2" });
  await db.entry.create({
    data: {
      key: "refund:1",
      kind: "refund",
      paymentId: back,
      amountMinor: -400n,
      currency: "USD",
      occurredAt: on(9),
      recordedAt: on(9),
    },
  });
  const report = await findExperimentReport(db, { id: ID, now: on(200) });
  expect(report?.assessment).toMatchObject({ phase: "over", exposed: { a: 100, b: 110 }, distrust: null });
  expect(report?.assessment.arms).toMatchObject([
    { arm: "a", readers: 100, supporters: 1, sum: 20_000 },
    { arm: "b", readers: 110, supporters: 2, sum: 1_100 + 600 },
  ]);
  expect(report?.harm).toMatchObject([
    { arm: "a", readers: 100, closed: 7 },
    { arm: "b", readers: 110, closed: 7 },
  ]);
});

test("ended recurring gifts and supporters who refused or stopped e-mails count once for their variant", async () => {
  const row = { amountMinor: 1_000n, currency: "USD", frequency: "monthly", recordedAt: on(0) };
  await db.recurringGift.create({
    data: { id: "r_1", subscriptionId: "sub_1", status: "canceled", endedAt: on(20), ...row },
  });
  await db.recurringGift.create({ data: { id: "r_2", subscriptionId: "sub_2", status: "active", ...row } });
  for (const day of [0, 29]) await give({ arm: "a", supporterId: "s_1", day, recurringGiftId: "r_1" });
  await give({ arm: "b", supporterId: "s_2", recurringGiftId: "r_2" });
  await db.mailRefusal.create({ data: { supporterId: "s_1", kind: "news", refusedAt: on(3) } });
  await db.supporterAddress.create({ data: { emailHash: "h", emailSealed: "s", supporterId: "s_2", since: on(0) } });
  await db.mailStop.create({ data: { emailHash: "h", stoppedAt: on(3) } });
  expect((await findExperimentReport(db, { id: ID, now: on(30) }))?.harm).toMatchObject([
    { arm: "a", ended: 1, unsubscribed: 1 },
    { arm: "b", ended: 0, unsubscribed: 1 },
  ]);
});

test("a draft and an unknown experiment have no report", async () => {
  expect(await findExperimentReport(db, { id: DRAFT, now: on(0) })).toBeNull();
  expect(await findExperimentReport(db, { id: "x_99999999", now: on(0) })).toBeNull();
});

test("past numbers contain the first payments from articles, and the readers who were first shown the appeal", async () => {
  const key = {
    table: "appeal",
    day: "2026-10-02",
    article: "a_1",
    appeal: "first",
    variant: "a",
    placement: "banner",
  } as const;
  await db.$transaction((tx) => addToEventCounts(tx, [{ key: { ...key, event: "first-shown" }, count: 2_800 }]));
  const plan = { currency: "USD" as const, rates: {}, capMinor: 5_000 };
  const past = () => findExperimentBaseline(db, { plan, now: on(20), timeZone: "Europe/Moscow" });
  for (let i = 0; i < 29; i++) await give({ arm: "a" });
  expect(await past()).toBeNull();
  await give({ arm: "a", minor: 9_000n });
  await give({ arm: "a", currency: "EUR" });
  expect(await past()).toEqual({
    values: { readers: 2_800, supporters: 30, sum: 29 * 1_000 + 5_000, sumOfSquares: 29 * 1_000 ** 2 + 5_000 ** 2 },
    readersPerDay: 100,
  });
});
