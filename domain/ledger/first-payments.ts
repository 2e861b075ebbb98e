// Keeps two things that the figures ask about a supporter: which payment was their first, and when they last paid. Both are derived from
// their payments, which may arrive in any order, fail, or move to another supporter.
import type { Payment } from "../../generated/sqlite/client";
import type { LedgerContext } from "./context";
import { updateTotalsFor } from "./entries";
import { addPayment, changePayment } from "./store/payments";
import { findFirstPayment, listWrongKinds, raiseLastPaidAt, setLastPaidAt } from "./store/supporter-payments";

type Columns = Pick<Payment, "id" | "status" | "paidAt">;

/** Adds a payment that is not in the ledger yet. */
export async function addCountedPayment(context: LedgerContext, payment: Payment): Promise<Payment> {
  const { tx } = context;
  const { supporterId, status, paidAt } = payment;
  if (!supporterId) return addPayment(tx, payment);
  const first = await findFirstPayment(tx, supporterId);
  const isFirst = status !== "failed" && (!first || isBefore(payment, first));
  const added = await addPayment(tx, { ...payment, supporterKind: isFirst ? "new" : "returning" });
  if (isFirst && first) await changeKind(context, first, "returning");
  if (status !== "failed") await raiseLastPaidAt(tx, { supporterId, paidAt });
  return added;
}

/** Call it when a payment of the supporter's has changed its status or time, has come to them or has left them. Safe to repeat. */
export async function updateFirstPayment(context: LedgerContext, supporterId: string): Promise<void> {
  const { tx } = context;
  const first = await findFirstPayment(tx, supporterId);
  for (const payment of await listWrongKinds(tx, { supporterId, firstId: first?.id ?? "" }))
    await changeKind(context, payment, payment.id === first?.id ? "new" : "returning");
  await setLastPaidAt(tx, supporterId);
}

/** True where `updateFirstPayment` must be called for the supporters of both. */
export function isOtherTurn(before: Payment, after: Payment): boolean {
  const isOtherTime = before.paidAt.getTime() !== after.paidAt.getTime();
  return isOtherTime || before.status !== after.status || before.supporterId !== after.supporterId;
}

async function changeKind(context: LedgerContext, before: Payment, supporterKind: string): Promise<void> {
  const payment = await changePayment(context.tx, before, { supporterKind });
  await updateTotalsFor(context, { before, payment });
}

function isBefore(a: Columns, b: Columns): boolean {
  const timeMs = a.paidAt.getTime() - b.paidAt.getTime();
  return timeMs < 0 || (timeMs === 0 && a.id < b.id);
}
