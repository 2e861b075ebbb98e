// All database statements of domain/giving, about gifts that readers have started.
import type { Gift as GiftRow, Prisma } from "../../generated/sqlite/client";
import type { Db, Tx } from "../database";

export function findGiftByFormKey(tx: Tx | Db, formKey: string): Promise<GiftRow | null> {
  return tx.gift.findUnique({ where: { formKey } });
}

export function insertGift(tx: Tx, gift: Prisma.GiftUncheckedCreateInput): Promise<GiftRow> {
  return tx.gift.create({ data: gift });
}

/** Frees the form's key for a new gift. The old gift gets a key that no form can have. */
export async function retireFormKey(tx: Tx, { id, formKey }: Pick<GiftRow, "id" | "formKey">): Promise<void> {
  await tx.gift.update({ where: { id }, data: { formKey: `${formKey}:${id}` } });
}

export function findGiftById(tx: Tx | Db, id: string): Promise<GiftRow | null> {
  return tx.gift.findUnique({ where: { id } });
}

type OpenedCheckout = { sessionId: string } & Partial<Pick<GiftRow, "checkoutUrl" | "checkoutSecret">>;

/** Stores the Checkout session of a gift that is still `started`. Changes nothing in any other status. */
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
 * Changes the payment place of an embedded gift to Stripe's page, and removes its session. Only the first of several calls changes
 * anything, so all of them send Stripe the same `expiresAt`.
 */
export async function moveCheckoutToStripe(
  db: Db,
  { giftId, expiresAt }: { giftId: string; expiresAt: Date },
): Promise<void> {
  await db.gift.updateMany({
    where: { id: giftId, checkoutPlace: "embedded", status: { not: "completed" } },
    data: { checkoutPlace: "moved", checkoutSessionId: null, checkoutSecret: null, status: "started", expiresAt },
  });
}

/**
 * Records how a Checkout session ended, as a webhook reports it, and deletes the secret that opened its form. A completed gift stays
 * completed. A gift that has moved to another session does not expire with its first session.
 */
export async function closeCheckout(
  tx: Tx,
  { giftId, sessionId, outcome }: { giftId: string; sessionId: string; outcome: "completed" | "expired" },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Gift" SET "status" = ${outcome}, "checkoutSecret" = NULL WHERE "id" = ${giftId} AND "status" <> ${outcome} AND "status" <> 'completed'
      AND (${outcome} = 'completed' OR "checkoutPlace" <> 'moved' OR "checkoutSessionId" = ${sessionId})`;
}
