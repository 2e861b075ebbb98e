import type { Db } from "../../../database";

export function findPaymentWithLedgerRows(db: Db, id: string) {
  return db.payment.findUnique({
    where: { id },
    include: {
      entries: { orderBy: [{ occurredAt: "asc" }, { key: "asc" }] },
      balanceEntries: { orderBy: [{ occurredAt: "asc" }, { id: "asc" }] },
      refunds: { orderBy: { refundedAt: "asc" } },
      disputes: { orderBy: { openedAt: "asc" } },
    },
  });
}
