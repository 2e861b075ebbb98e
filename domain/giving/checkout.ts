// From a gift to Stripe's page: the gift is written down before Stripe is called, so that the same form sent twice, or a
// call repeated after a crash, is the same gift and the same Checkout session.
import type { Gift as GiftRow } from "../../generated/sqlite/client";
import type { Db, Tx } from "../database";
import { currencyFromStripe } from "../money";
import { type Frequency, type Gift, sameGiftKey } from "./gift";
import { newGiftId } from "./gift-id";

/** Stripe refuses to close Checkout sooner than 30 minutes after the call, by its own clock. The hour is for a clock of ours that is slow. */
const OPEN_FOR_MS = (30 + 60) * 60 * 1000;
/** A gift that got no session within this time is asked for anew: its `expiresAt` would soon be too near for Stripe. */
const GIVE_UP_AFTER_MS = 45 * 1000;

export type Checkout = { sessionId: string; url: string };
/** Opens Checkout at Stripe; the same `giftId` always means the same session. Throws where Stripe cannot be reached. */
export type OpenCheckout = (call: { giftId: string; gift: Gift; expiresAt: Date }) => Promise<Checkout>;

export type StartedGift = { kind: "pay"; url: string } | { kind: "given"; sessionId: string };

/** `nonce` is the form's own: the same nonce with the same gift starts it once, however often and however fast it is sent. */
export async function startGift(
  db: Db,
  { gift, nonce, now, openCheckout }: { gift: Gift; nonce: string; now: Date; openCheckout: OpenCheckout },
): Promise<StartedGift> {
  const row = await ensureGift(db, { gift, nonce, now });
  if (row.status === "completed" && row.checkoutSessionId) return { kind: "given", sessionId: row.checkoutSessionId };
  if (row.checkoutUrl) return { kind: "pay", url: row.checkoutUrl };
  const checkout = await openCheckout({ giftId: row.id, gift: giftOf(row), expiresAt: row.expiresAt });
  await db.gift.updateMany({
    where: { id: row.id, status: "started" },
    data: { status: "open", checkoutSessionId: checkout.sessionId, checkoutUrl: checkout.url },
  });
  return { kind: "pay", url: checkout.url };
}

/** Whether this form has begun this gift already: sending it again begins nothing. */
export async function hasBegun(
  db: Db,
  { gift, nonce, now }: { gift: Gift; nonce: string; now: Date },
): Promise<boolean> {
  const known = await db.gift.findUnique({ where: { formKey: formKeyOf({ gift, nonce }) } });
  return known !== null && !isStale(known, now);
}

/** The webhook's word on a Checkout session. A completed gift stays completed. */
export async function closeCheckout(
  tx: Tx,
  { giftId, outcome }: { giftId: string; outcome: "completed" | "expired" },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE "Gift" SET "status" = ${outcome} WHERE "id" = ${giftId} AND "status" <> ${outcome} AND "status" <> 'completed'`;
}

function formKeyOf({ gift, nonce }: { gift: Gift; nonce: string }): string {
  return `${nonce}:${sameGiftKey(gift)}`;
}

async function ensureGift(db: Db, { gift, nonce, now }: { gift: Gift; nonce: string; now: Date }): Promise<GiftRow> {
  const formKey = formKeyOf({ gift, nonce });
  return db.$transaction(async (tx) => {
    const known = await tx.gift.findUnique({ where: { formKey } });
    if (known && !isStale(known, now)) return known;
    if (known) await tx.gift.update({ where: { id: known.id }, data: { formKey: `${formKey}:${known.id}` } });
    return tx.gift.create({ data: newGift({ gift, formKey, now }) });
  });
}

/** Whether this gift's Checkout can no longer be paid, so that sending the form again means a new one. */
function isStale(row: GiftRow, now: Date): boolean {
  if (row.status === "completed") return false;
  if (row.status === "expired" || row.expiresAt <= now) return true;
  return row.status === "started" && now.getTime() - row.createdAt.getTime() > GIVE_UP_AFTER_MS;
}

function newGift({ gift, formKey, now }: { gift: Gift; formKey: string; now: Date }) {
  const { money, ...rest } = gift;
  return {
    ...rest,
    id: newGiftId(),
    formKey,
    amountMinor: BigInt(money.amountMinor),
    currency: money.currency,
    createdAt: now,
    expiresAt: new Date(now.getTime() + OPEN_FOR_MS),
  };
}

function giftOf(row: GiftRow): Gift {
  return {
    money: { amountMinor: Number(row.amountMinor), currency: currencyFromStripe(row.currency) },
    frequency: row.frequency as Frequency,
    article: row.article,
    appeal: row.appeal,
    variant: row.variant,
    placement: row.placement as Gift["placement"],
    locale: row.locale,
  };
}
