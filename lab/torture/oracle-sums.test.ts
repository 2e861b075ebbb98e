import { beforeEach, expect, test } from "vitest";
import { recordEvent } from "../../domain/ledger/record";
import {
  sampleBalanceMovedFact,
  samplePaymentFactFromCharge,
  samplePaymentFactFromCheckout,
  testOptionsForRecordingEvents,
} from "../../domain/ledger/testing/books";
import { openEmptyLedger } from "../../prisma/empty-ledger";
import type { Db } from "../../systems/database";
import { findTotalsWithMoreSettledThanGiven, findWrongTotals } from "./oracle-sums";

let db: Db;
beforeEach(async () => {
  db = await openEmptyLedger();
  const debit = { ...samplePaymentFactFromCheckout, paymentIntentId: "pi_2", status: "pending" as const };
  const pending = {
    ...sampleBalanceMovedFact,
    paymentIntentId: "pi_2",
    sourceId: "py_1",
    balanceTransactionId: "txn_2",
  };
  await recordEvent(db, {
    ...testOptionsForRecordingEvents,
    eventId: "evt_1",
    type: "test",
    facts: [samplePaymentFactFromCharge, sampleBalanceMovedFact, debit, pending],
  });
});

test("the oracle reports nothing for correct books", async () => {
  expect(await findWrongTotals(db)).toEqual([]);
});

test("the oracle finds net above settled, settled above gross, and pending net above pending gross", async () => {
  const ever = { period: "ever", by: "frequency" };
  await db.total.updateMany({ where: { ...ever, settledCurrency: "USD" }, data: { netMinor: 1001n } });
  expect(await findTotalsWithMoreSettledThanGiven(db)).toEqual(["frequency once/new in USD: net 1001 of 1000 settled"]);
  await db.total.updateMany({
    where: { ...ever, settledCurrency: "USD" },
    data: { netMinor: 0n, settledMinor: 1001n, pendingNetMinor: 1001n },
  });
  expect(await findTotalsWithMoreSettledThanGiven(db)).toEqual([
    "frequency once/new in USD: settled 1001 of 1000",
    "frequency once/new in USD: net 1001 of 1000 on its way",
  ]);
});

test("the oracle finds a stored total that differs from its rows", async () => {
  await db.total.updateMany({ where: { period: "ever", settledCurrency: "" }, data: { pendingMinor: 999n } });
  expect(await findWrongTotals(db)).toEqual([
    "totals: the rows give USD: payments 1, grossMinor 1000, pendingPayments 1, pendingMinor 1000",
    "totals: the stored sums give USD: payments 1, grossMinor 1000, pendingPayments 1, pendingMinor 999",
  ]);
});
