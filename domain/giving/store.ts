// Every database statement of domain/giving: gifts that readers started, before any money moves.
import type { Gift as GiftRow, Prisma } from "../../generated/sqlite/client";
import type { Db, Tx } from "../database";

export function findGift(tx: Tx | Db, formKey: string): Promise<GiftRow | null> {
  return tx.gift.findUnique({ where: { formKey } });
}

export function insertGift(tx: Tx, gift: Prisma.GiftUncheckedCreateInput): Promise<GiftRow> {
  return tx.gift.create({ data: gift });
}

/** Frees the form's key for a new gift; the old gift gets a key that no form has. */
export async function retireFormKey(tx: Tx, { id, formKey }: Pick<GiftRow, "id" | "formKey">): Promise<void> {
  await tx.gift.update({ where: { id }, data: { formKey: `${formKey}:${id}` } });
}

export function findGiftById(tx: Tx | Db, id: string): Promise<GiftRow | null> {
  return tx.gift.findUnique({ where: { id } });
}

type OpenedCheckout = { sessionId: string } & Partial<Pick<GiftRow, "checkoutUrl" | "checkoutSecret">>;

/** Stores the Checkout session of a gift that is still `started`. Otherwise changes nothing. */
export async function markGiftOpen(
  db: Db,
  { giftId, sessionId, ...page }: { giftId: string } & OpenedCheckout,
): Promise<void> {
  await db.gift.updateMany({
    where: { id: giftId, status: "started" },
    data: { status: "open", checkoutSessionId: sessionId, ...page },
  });
}

/**
 * Makes an embedded gift one that is paid on Stripe's page and has no session yet. Only the first of several calls changes anything, so
 * all of them send Stripe the same `expiresAt`.
 */
export async function moveCheckout(db: Db, { giftId, expiresAt }: { giftId: string; expiresAt: Date }): Promise<void> {
  await db.gift.updateMany({
    where: { id: giftId, checkoutPlace: "embedded", status: { not: "completed" } },
    data: { checkoutPlace: "moved", checkoutSessionId: null, checkoutSecret: null, status: "started", expiresAt },
  });
}

/**
 * Records how a Checkout session ended, as a webhook reports it, and forgets what opened its form. A completed gift stays completed. A gift
 * that has moved to another session is not expired by the end of its first one.
 */
export async function closeCheckout(
  tx: Tx,
  { giftId, sessionId, outcome }: { giftId: string; sessionId: string; outcome: "completed" | "expired" },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Gift" SET "status" = ${outcome}, "checkoutSecret" = NULL WHERE "id" = ${giftId} AND "status" <> ${outcome} AND "status" <> 'completed'
      AND (${outcome} = 'completed' OR "checkoutPlace" <> 'moved' OR "checkoutSessionId" = ${sessionId})`;
}
