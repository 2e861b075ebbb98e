import { afterAll, beforeAll, expect, test } from "vitest";
import { openEmptyLedger } from "../../../prisma/empty-ledger";
import type { Db } from "../../../systems/database";
import type { Fact } from "../fact";
import { recordEvent } from "../record";
import { sampleBalanceMovedFact, samplePaymentFactFromCharge, testOptionsForRecordingEvents } from "../testing/books";
import { compareRefundsAndDisputesWithEntries } from "./payment-balances";
import { addCorrectionsToTotals, compareTotalsWithLedgerRows } from "./totals";

let db: Db;
beforeAll(async () => {
  db = await openEmptyLedger();
  await give(1);
});
afterAll(() => db.$disconnect());

/** Records a settled payment of ten dollars. */
function give(n: number) {
  const [paymentIntentId, chargeId] = [`pi_${n}`, `ch_${n}`];
  const facts = [
    { ...samplePaymentFactFromCharge, paymentIntentId, charge: { chargeId } },
    { ...sampleBalanceMovedFact, paymentIntentId, sourceId: chargeId, balanceTransactionId: `txn_${n}` },
  ] as Fact[];
  return recordEvent(db, { ...testOptionsForRecordingEvents, eventId: `evt_${n}`, type: "charge.succeeded", facts });
}

const compare = () => db.$snapshot((tx) => compareTotalsWithLedgerRows(tx, testOptionsForRecordingEvents.timeZone));

test("a gift that is recorded during the comparison does not cause a difference", async () => {
  const compared = await db.$snapshot(async (tx) => {
    expect(await tx.payment.count()).toBe(1);
    await give(2);
    return {
      totals: await compareTotalsWithLedgerRows(tx, testOptionsForRecordingEvents.timeZone),
      balances: await compareRefundsAndDisputesWithEntries(tx),
    };
  });
  expect(compared).toEqual({ totals: { differences: [], corrections: [] }, balances: [] });
  expect(await db.payment.count()).toBe(2);
});

test("a gift that is recorded between the comparison and the correction still counts in the corrected totals", async () => {
  const before = await db.total.findMany({ orderBy: { start: "asc" } });
  await db.total.updateMany({ data: { payments: 77, feeMinor: -5n } });
  await db.total.deleteMany({ where: { by: "variant" } });
  await db.total.create({
    data: {
      period: "ever",
      by: "article",
      start: "",
      value: "ghost",
      currency: "USD",
      settledCurrency: "",
      refunds: 3,
    },
  });
  const { differences, corrections } = await compare();
  expect(differences).toContainEqual({
    object: "ever||article|ghost|USD|",
    place: "total.refunds",
    cause: "sum-differs",
    ours: "3",
    theirs: "0",
  });
  await give(3);
  await db.$transaction((tx) => addCorrectionsToTotals(tx, corrections));
  expect((await compare()).differences).toEqual([]);
  expect(await db.total.count()).toBe(before.length);
  expect(await db.total.findMany({ where: { period: "ever", by: "frequency", settledCurrency: "" } })).toMatchObject([
    { payments: 3, grossMinor: 3000n },
  ]);
});

test("writing through a snapshot throws", async () => {
  const written = db.$snapshot((tx) => tx.total.deleteMany({}));
  await expect(written).rejects.toThrow();
  expect(await db.total.count()).toBeGreaterThan(0);
});
