import type { Gift as GiftRow, Prisma } from "../../generated/sqlite/client";
import type { Db, Tx } from "../database";

export function findGiftByFormKey(tx: Tx | Db, formKey: string): Promise<GiftRow | null> {
  return tx.gift.findUnique({ where: { formKey } });
}

export function insertGift(tx: Tx, gift: Prisma.GiftUncheckedCreateInput): Promise<GiftRow> {
  return tx.gift.create({ data: gift });
}

/**
 * Frees a gift's form key, so that the same form can start a new gift. The old gift gets a key that no form can have.
 */
export async function freeFormKeyOfGift(tx: Tx, { id, formKey }: Pick<GiftRow, "id" | "formKey">): Promise<void> {
  await tx.gift.update({ where: { id }, data: { formKey: `${formKey}:${id}` } });
}

export function findGiftById(tx: Tx | Db, id: string): Promise<GiftRow | null> {
  return tx.gift.findUnique({ where: { id } });
}

type OpenedCheckout = { sessionId: string } & Partial<Pick<GiftRow, "checkoutUrl" | "checkoutSecret">>;

/**
 * Stores the Checkout session that was opened. `place`: where the reader can pay in this session. Changes nothing if
 * the gift's status is no longer `started`, or if the gift has moved to another place meanwhile.
 */
export async function recordCheckoutSessionOfGift(
  db: Db,
  { giftId, place, sessionId, ...page }: { giftId: string; place: string } & OpenedCheckout,
): Promise<void> {
  await db.gift.updateMany({
    where: { id: giftId, status: "started", checkoutPlace: place },
    data: { status: "open", checkoutSessionId: sessionId, ...page },
  });
}

/**
 * Records that a gift moves from the embedded form to Stripe's own payment page. Only the first of several calls
 * changes the row. So all callers send Stripe the `expiresAt` of the first call.
 */
export async function recordMoveToStripePage(
  db: Db,
  { giftId, expiresAt }: { giftId: string; expiresAt: Date },
): Promise<void> {
  await db.gift.updateMany({
    where: { id: giftId, checkoutPlace: "embedded", status: { not: "completed" } },
    data: { checkoutPlace: "moved", checkoutSessionId: null, checkoutSecret: null, status: "started", expiresAt },
  });
}

/**
 * Records that a Checkout session was paid or has expired. Does not change a completed gift. If the reader has moved to
 * Stripe's page for this gift, ignores that the session of the embedded form expires.
 */
export async function recordClosedCheckout(
  tx: Tx,
  { giftId, sessionId, outcome }: { giftId: string; sessionId: string; outcome: "completed" | "expired" },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Gift" SET "status" = ${outcome}, "checkoutSecret" = NULL WHERE "id" = ${giftId} AND "status" <> ${outcome} AND "status" <> 'completed'
      AND (${outcome} = 'completed' OR "checkoutPlace" <> 'moved' OR "checkoutSessionId" = ${sessionId})`;
}
