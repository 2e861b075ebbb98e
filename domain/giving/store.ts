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

/** Stores the Checkout session of a gift that is still `started`. Otherwise changes nothing. */
export async function markGiftOpen(
  db: Db,
  checkout: { giftId: string; sessionId: string; url: string },
): Promise<void> {
  await db.gift.updateMany({
    where: { id: checkout.giftId, status: "started" },
    data: { status: "open", checkoutSessionId: checkout.sessionId, checkoutUrl: checkout.url },
  });
}

/** Records how a Checkout session ended, as a webhook reports it. A completed gift stays completed. */
export async function closeCheckout(
  tx: Tx,
  { giftId, outcome }: { giftId: string; outcome: "completed" | "expired" },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Gift" SET "status" = ${outcome} WHERE "id" = ${giftId} AND "status" <> ${outcome} AND "status" <> 'completed'`;
}
