import type { Db } from "../../../database";
import { RECEIPT_NUMBER_COLLISION_SEPARATOR } from "../../../ledger/receipt-number";
import type { PaymentListRow } from "../../store";

export async function findAddressOwner(db: Db, emailHash: string): Promise<string | null> {
  const row = await db.supporterAddress.findUnique({ where: { emailHash }, select: { supporterId: true } });
  return row?.supporterId ?? null;
}

export function findFreeSeatGivenTo(db: Db, emailHash: string) {
  return db.freeSeat.findUnique({ where: { emailHash }, select: { until: true } });
}

/**
 * Returns true if a supporter has or had this id. Includes merged and erased supporters, because their page says that
 * they were merged or erased.
 */
export async function isOrWasSupporter(db: Db, id: string): Promise<boolean> {
  const select = { id: true };
  const [now, former] = await Promise.all([
    db.supporter.findUnique({ where: { id }, select }),
    db.formerSupporter.findUnique({ where: { id }, select }),
  ]);
  return now !== null || former !== null;
}

export function findRecurringGiftByStripeId(db: Db, where: { customerId: string } | { subscriptionId: string }) {
  const select = { id: true, supporterId: true };
  return db.recurringGift.findFirst({ where, orderBy: { recordedAt: "desc" }, select });
}

export type PaymentSearchKey =
  | "paymentIntentId"
  | "chargeId"
  | "invoiceId"
  | "refund"
  | "dispute"
  | "balanceEntry"
  | "checkoutSession";

/**
 * Finds a payment by an id from Stripe (`value`). `key`: the column of Payment that contains the id, or the kind of
 * object that has the id, such as a refund.
 */
export async function findPaymentBy(
  db: Db,
  { key, value }: { key: PaymentSearchKey; value: string },
): Promise<{ id: string } | null> {
  const select = { payment: { select: { id: true } } };
  switch (key) {
    case "refund":
      return (await db.refund.findUnique({ where: { id: value }, select }))?.payment ?? null;
    case "dispute":
      return (await db.dispute.findUnique({ where: { id: value }, select }))?.payment ?? null;
    case "balanceEntry":
      return (await db.balanceEntry.findUnique({ where: { id: value }, select }))?.payment ?? null;
    case "checkoutSession":
      return db.payment.findFirst({
        where: { gift: { checkoutSessionId: value } },
        orderBy: [{ paidAt: "asc" }, { id: "asc" }],
        select: { id: true },
      });
    default:
      return db.payment.findFirst({ where: { [key]: value }, select: { id: true } });
  }
}

export function selectPaymentsByReceiptNumber(db: Db, number: string): Promise<PaymentListRow[]> {
  const hasNumber = { OR: [{ id: number }, { id: { startsWith: `${number}${RECEIPT_NUMBER_COLLISION_SEPARATOR}` } }] };
  return db.payment.findMany({ where: hasNumber, orderBy: { paidAt: "desc" }, take: 10 });
}

const STATUSES = ["succeeded", "pending", "failed"];

type OfAmount = { amountMinor: number; currency: string; from: Date; before: Date; limit: number };

export function selectPaymentsOfAmount(db: Db, wanted: OfAmount): Promise<PaymentListRow[]> {
  const { amountMinor, currency, from, before, limit } = wanted;
  const paidAt = { gte: from, lt: before };
  return db.payment.findMany({
    where: { status: { in: STATUSES }, paidAt, amountMinor: BigInt(amountMinor), currency },
    orderBy: { paidAt: "desc" },
    take: limit,
  });
}

export async function findSupporterIdOfPayment(db: Db, id: string): Promise<string | null> {
  return (await db.payment.findUnique({ where: { id }, select: { supporterId: true } }))?.supporterId ?? null;
}

export async function findSupporterIdOfRecurringGift(db: Db, id: string): Promise<string | null> {
  return (await db.recurringGift.findUnique({ where: { id }, select: { supporterId: true } }))?.supporterId ?? null;
}
