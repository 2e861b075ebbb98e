// Keeps `supporterKind` of payments and `lastPaidAt` of supporters correct. Payments may arrive in any order, fail, or
// move to another supporter.
import type { Payment } from "../../generated/sqlite/client";
import type { LedgerContext } from "./context";
import { updateTotalsForChangedPayment } from "./entries";
import { addPayment, changePayment, getPayment } from "./store/payments";
import {
  advanceLastPaidAt,
  findFirstPayment,
  listSupporterPaymentsWithWrongSupporterKind,
  rederiveLastPaidAt,
} from "./store/supporter-payments";

/**
 * Adds a payment that is new to the ledger. Also updates the supporter's `lastPaidAt` and the `supporterKind` of their
 * payments.
 */
export async function addPaymentAndUpdateSupporter(context: LedgerContext, payment: Payment): Promise<Payment> {
  if (!payment.supporterId) return addPayment(context.tx, payment);
  return writeNewToSupporter(context, payment, (supporterKind) =>
    addPayment(context.tx, { ...payment, supporterKind }),
  );
}

export async function changePaymentAndUpdateTotals(
  context: LedgerContext,
  before: Payment,
  changes: Partial<Payment>,
): Promise<Payment> {
  const after = { ...before, ...changes };
  const write = async (supporterKind: string | null) => {
    const payment = await changePayment(context.tx, before, { ...changes, supporterKind });
    await updateTotalsForChangedPayment(context, { before, payment });
    return payment;
  };
  if (!before.supporterId && after.supporterId) return writeNewToSupporter(context, after, write);
  // An erased supporter's payment keeps its `supporterKind`. If a payment loses its supporter for another reason, the
  // column becomes null.
  const isUnknown = before.supporterId !== null && !after.supporterId && !after.erasedAt;
  const payment = await write(isUnknown ? null : before.supporterKind);
  if (!changesPaymentOrder(before, payment)) return payment;
  for (const supporterId of new Set([before.supporterId, payment.supporterId]))
    if (supporterId) await rederiveFirstAndLastPayment(context, supporterId);
  return getPayment(context.tx, payment.id);
}

/**
 * Determines again which payment is the supporter's first, and when they last paid. Call this after the status, time or
 * supporter of a payment has changed. Repeated calls are safe.
 */
export async function rederiveFirstAndLastPayment(context: LedgerContext, supporterId: string): Promise<void> {
  const { tx } = context;
  await correctKinds(context, supporterId);
  await rederiveLastPaidAt(tx, supporterId);
}

async function correctKinds(context: LedgerContext, supporterId: string): Promise<void> {
  for (const payment of await listSupporterPaymentsWithWrongSupporterKind(context.tx, supporterId))
    await changeKind(context, payment, payment.supporterKind === null ? "returning" : null);
}

/**
 * Writes a new payment, or a recorded one that now gets a supporter. If it has not failed and is the supporter's
 * earliest payment, `supporterKind` of their later payments becomes `returning`.
 */
async function writeNewToSupporter(
  context: LedgerContext,
  payment: Payment,
  write: (supporterKind: string | null) => Promise<Payment>,
): Promise<Payment> {
  const { tx } = context;
  const { status, paidAt } = payment;
  const supporterId = payment.supporterId ?? "";
  const first = await findFirstPayment(tx, supporterId);
  const isReturning = first !== null && isBefore(first, payment);
  const written = await write(isReturning ? "returning" : null);
  if (!isReturning && status !== "failed") await correctKinds(context, supporterId);
  if (status !== "failed") await advanceLastPaidAt(tx, { supporterId, paidAt });
  return written;
}

function changesPaymentOrder(before: Payment, after: Payment): boolean {
  const isOtherTime = before.paidAt.getTime() !== after.paidAt.getTime();
  return isOtherTime || before.status !== after.status || before.supporterId !== after.supporterId;
}

async function changeKind(context: LedgerContext, before: Payment, supporterKind: string | null): Promise<void> {
  const payment = await changePayment(context.tx, before, { supporterKind });
  await updateTotalsForChangedPayment(context, { before, payment });
}

function isBefore(a: Pick<Payment, "id" | "paidAt">, b: Pick<Payment, "id" | "paidAt">): boolean {
  const timeMs = a.paidAt.getTime() - b.paidAt.getTime();
  return timeMs < 0 || (timeMs === 0 && a.id < b.id);
}
