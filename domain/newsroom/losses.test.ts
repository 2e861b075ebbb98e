import { beforeEach, expect, test } from "vitest";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import type { Db } from "../database";
import { newRecurringGiftColumns } from "../ledger/recurring-gift-rules";
import { addRecurringGift } from "../ledger/store/recurring-gifts";
import { countEndReasons } from "./endings";
import { iterateRecentFailedRenewals, listFailedRenewals } from "./failed-renewals";

const now = new Date("2026-11-23T09:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
let db: Db;

beforeEach(async () => {
  db = await openEmptyLedger();
});

type Given = Partial<Parameters<typeof addRecurringGift>[1]>;

async function promise(subscriptionId: string, given: Given = {}): Promise<void> {
  const common = { amountMinor: 1_000n, currency: "USD", frequency: "monthly", status: "active", subscriptionId };
  await db.$transaction((tx) =>
    addRecurringGift({ tx, timeZone: "Europe/Moscow" }, { ...newRecurringGiftColumns(now), ...common, ...given }),
  );
}

type Attempt = { of?: string; code?: string | null; isRenewal?: boolean };

async function fail(key: string, days: number, attempt: Attempt = {}): Promise<void> {
  const { of = "sub_1", code = null, isRenewal = true } = attempt;
  const row = { key, subscriptionId: of, giftId: "g_1", amountMinor: 1_000n, currency: "USD", code, isRenewal };
  await db.failedAttempt.create({ data: { ...row, failedAt: daysAgo(days), recordedAt: now } });
}

test("a failed renewal is listed once, with its attempts, latest reason and outcome", async () => {
  await promise("sub_1", { status: "past_due" });
  await promise("sub_2", { status: "canceled", endedAt: daysAgo(1) });
  await promise("sub_3", { status: "unpaid" });
  await promise("sub_4");
  await fail("in_1:1", 4, { code: "card_declined" });
  await fail("in_1:2", 2, { code: "insufficient_funds" });
  await fail("in_2:1", 3, { of: "sub_2", code: "expired_card" });
  await fail("in_3:1", 5, { of: "sub_3" });
  await fail("in_4:1", 6, { of: "sub_4" });
  const payment = { amountMinor: 1_000n, currency: "USD", frequency: "monthly", paidAt: daysAgo(5), recordedAt: now };
  await db.payment.create({ data: { ...payment, id: "p_4", invoiceId: "in_4", status: "succeeded" } });
  const { shown, count } = await listFailedRenewals(db, { now });
  expect(count).toBe(4);
  expect(shown.map(({ invoiceId, tries, code, outcome }) => [invoiceId, tries, code, outcome])).toEqual([
    ["in_1", 2, "insufficient_funds", "waiting"],
    ["in_2", 1, "expired_card", "ended"],
    ["in_3", 1, null, "stopped"],
    ["in_4", 1, null, "paid"],
  ]);
  expect(shown[0]).toMatchObject({ money: { amountMinor: 1_000, currency: "USD" }, lastTriedAt: daysAgo(2) });
});

test("leaves out failures older than a month, those of one-time gifts and of first payments, and shows the newest 15", async () => {
  await fail("in_old:1", 31);
  await fail("in_first:1", 1, { isRenewal: false });
  await db.failedAttempt.create({
    data: { key: "ch_1", giftId: "g_1", amountMinor: 1n, currency: "USD", failedAt: daysAgo(1), recordedAt: now },
  });
  for (let i = 1; i <= 17; i++) await fail(`in_${i}:1`, i);
  const { shown, count } = await listFailedRenewals(db, { now });
  expect(count).toBe(17);
  const invoices = Array.from({ length: 17 }, (_, i) => `in_${i + 1}`);
  expect(shown.map(({ invoiceId }) => invoiceId)).toEqual(invoices.slice(0, 15));
  const exported: string[] = [];
  for await (const batch of iterateRecentFailedRenewals(db, { now }))
    exported.push(...batch.map((each) => each.invoiceId));
  expect(exported).toEqual(invoices);
});

test("counts recently ended gifts by Stripe's reason, most frequent first", async () => {
  const over = (days: number, endReason: string | null) => ({ status: "canceled", endedAt: daysAgo(days), endReason });
  await promise("sub_1", over(1, "payment_failed"));
  await promise("sub_2", over(89, "payment_failed"));
  await promise("sub_3", over(2, "cancellation_requested"));
  await promise("sub_4", over(3, null));
  await promise("sub_5", over(3, "a_word_of_a_later_version"));
  await promise("sub_6", over(4, null));
  await promise("sub_7", over(91, "payment_disputed"));
  await promise("sub_8");
  expect((await countEndReasons(db, { now })).endings).toEqual([
    { reason: "unknown", gifts: 3 },
    { reason: "payment_failed", gifts: 2 },
    { reason: "cancellation_requested", gifts: 1 },
  ]);
});
