import type { Payment, StaffRequest } from "../../../../generated/sqlite/client";
import type { Db, Tx } from "../../../database";

export function findRequestFromColleague(db: Db | Tx, id: string): Promise<StaffRequest | null> {
  return db.staffRequest.findUnique({ where: { id } });
}

export function findOpenRequestFromColleague(db: Db | Tx, about: string): Promise<StaffRequest | null> {
  return db.staffRequest.findUnique({ where: { openAbout: about } });
}

type NewRow = Pick<
  StaffRequest,
  "id" | "kind" | "about" | "openAbout" | "why" | "words" | "status" | "askedBy" | "askedAt"
> &
  Partial<StaffRequest>;

export function insertRequestFromColleague(tx: Tx, request: NewRow): Promise<StaffRequest> {
  return tx.staffRequest.create({ data: request });
}

/**
 * Changes a colleague's request. The caller must have read the request in the same transaction, so that its values are
 * current.
 */
export function updateRequestFromColleague(
  tx: Tx,
  { id }: StaffRequest,
  to: Partial<Omit<StaffRequest, "id" | "kind" | "about">>,
): Promise<StaffRequest> {
  return tx.staffRequest.update({ where: { id }, data: to });
}

export function selectDueRefundRequestsFromColleagues(
  db: Db,
  { now, limit }: { now: Date; limit: number },
): Promise<StaffRequest[]> {
  return db.staffRequest.findMany({
    where: { status: "asking", kind: "refund", askAfter: { lte: now } },
    orderBy: { askAfter: "asc" },
    take: limit,
  });
}

export function selectRequestsFromColleaguesPastExpiry(db: Db, now: Date): Promise<StaffRequest[]> {
  return db.staffRequest.findMany({ where: { status: "waiting", expiresAt: { lte: now } } });
}

export function selectRequestsAwaitingSecondColleague(db: Db, now: Date): Promise<StaffRequest[]> {
  return db.staffRequest.findMany({
    where: { status: "waiting", expiresAt: { gt: now } },
    orderBy: { askedAt: "asc" },
  });
}

export function selectRequestsFromColleaguesAbout(db: Db, about: string): Promise<StaffRequest[]> {
  return db.staffRequest.findMany({ where: { about }, orderBy: { askedAt: "desc" }, take: 50 });
}

export function findPaymentById(db: Db | Tx, id: string): Promise<Payment | null> {
  return db.payment.findUnique({ where: { id } });
}
