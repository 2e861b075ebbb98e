// Starts gifts. Stores each gift before it calls Stripe. If a form is sent again with the same terms (giftTermsKey),
// even after a crash, it leads to the same gift and Checkout session. A new gift then starts only if the earlier gift
// is stale (isStale).

import type { Gift as GiftRow } from "../../generated/sqlite/client";
import { exposureColumns, exposureOf } from "../appeal/exposure";
import type { Db } from "../database";
import type { Frequency } from "../frequencies";
import { amountMinorOf, moneyColumns, moneyOf } from "../money";
import { type Gift, giftTermsKey } from "./gift";
import { newGiftId } from "./gift-id";
import { findGiftByFormKey, freeFormKeyOfGift, insertGift, recordCheckoutSessionOfGift } from "./store";

/** Stripe refuses a Checkout session that expires sooner than this. */
const SHORTEST_MS = 30 * 60 * 1000;
/**
 * The time for which a Checkout session stays open. It is an hour longer than Stripe's minimum, because Stripe checks
 * the time with its own clock. The server's clock can be slow.
 */
const OPEN_FOR_MS = SHORTEST_MS + 60 * 60 * 1000;
/** If a gift has no Checkout session after this time, sending its form again starts a new gift. */
const GIVE_UP_AFTER_MS = 45 * 1000;

/**
 * Where the reader pays. `hosted`: on Stripe's page. `embedded`: in Stripe's form on our page. `moved`: on Stripe's
 * page, after the embedded form was closed.
 */
export type CheckoutUiMode = "hosted" | "embedded" | "moved";

/** `checkoutUrl`: the address of Stripe's page. `checkoutSecret`: opens the form that is embedded in our page. */
export type OpenedCheckoutSession = { sessionId: string } & ({ checkoutUrl: string } | { checkoutSecret: string });

/**
 * Opens a Checkout session. The same `giftId` and `place` return the same session. Throws an error if Stripe refuses or
 * is unreachable.
 */
export type CheckoutSessionOpener = (call: OpenCheckoutInput) => Promise<OpenedCheckoutSession>;
export type OpenCheckoutInput = { giftId: string; gift: Gift; expiresAt: Date; place: CheckoutUiMode };

export type NextStepOfStartedGift =
  | { kind: "pay-at-stripe"; url: string }
  | { kind: "pay-here"; giftId: string }
  | { kind: "already-paid"; sessionId: string };

type Start = {
  gift: Gift;
  /**
   * The form nonce. A form can be sent again with the same nonce and terms (giftTermsKey). It then starts a new gift
   * only if the earlier gift is stale (isStale).
   */
  nonce: string;
  now: Date;
  place: Exclude<CheckoutUiMode, "moved">;
  openCheckout: CheckoutSessionOpener;
};

export async function startGift(db: Db, { openCheckout, ...start }: Start): Promise<NextStepOfStartedGift> {
  return openCheckoutForGift(db, { row: await ensureGift(db, start), openCheckout });
}

export async function openCheckoutForGift(
  db: Db,
  { row, openCheckout }: { row: GiftRow; openCheckout: CheckoutSessionOpener },
): Promise<NextStepOfStartedGift> {
  const { id: giftId, expiresAt } = row;
  if (row.status === "completed" && row.checkoutSessionId)
    return { kind: "already-paid", sessionId: row.checkoutSessionId };
  if (row.checkoutUrl) return { kind: "pay-at-stripe", url: row.checkoutUrl };
  if (row.checkoutSecret) return { kind: "pay-here", giftId };
  const place = row.checkoutPlace as CheckoutUiMode;
  const checkout = await openCheckout({ giftId, gift: giftFromRow(row), expiresAt, place });
  await recordCheckoutSessionOfGift(db, { giftId, place, ...checkout });
  return "checkoutUrl" in checkout
    ? { kind: "pay-at-stripe", url: checkout.checkoutUrl }
    : { kind: "pay-here", giftId };
}

/** Returns true if sending this form again would not start a new gift. */
export async function hasStartedGift(
  db: Db,
  { gift, nonce, now }: { gift: Gift; nonce: string; now: Date },
): Promise<boolean> {
  const row = await findGiftByFormKey(db, formKeyOf({ gift, nonce }));
  return row !== null && !isStale(row, now);
}

function formKeyOf({ gift, nonce }: { gift: Gift; nonce: string }): string {
  return `${nonce}:${giftTermsKey(gift)}`;
}

async function ensureGift(db: Db, { gift, nonce, now, place }: Omit<Start, "openCheckout">): Promise<GiftRow> {
  const formKey = formKeyOf({ gift, nonce });
  return db.$transaction(async (tx) => {
    const row = await findGiftByFormKey(tx, formKey);
    if (row && !isStale(row, now)) return row;
    if (row) await freeFormKeyOfGift(tx, row);
    return insertGift(tx, newGift({ gift, formKey, now, place }));
  });
}

/** Returns true if this gift's Checkout session has expired or did not open in time (GIVE_UP_AFTER_MS). */
function isStale(row: GiftRow, now: Date): boolean {
  if (row.status === "completed") return false;
  if (row.status === "expired" || row.expiresAt <= now) return true;
  return row.status === "started" && now.getTime() - row.createdAt.getTime() > GIVE_UP_AFTER_MS;
}

function newGift({ gift, formKey, now, place }: Pick<Start, "gift" | "now" | "place"> & { formKey: string }) {
  const { money, exposure, coveredFeeMinor, ...rest } = gift;
  return {
    ...rest,
    coveredFeeMinor: BigInt(coveredFeeMinor),
    ...exposureColumns(exposure),
    id: newGiftId(),
    formKey,
    ...moneyColumns(money),
    checkoutPlace: place,
    createdAt: now,
    expiresAt: checkoutClosesAt(now),
  };
}

export function checkoutClosesAt(now: Date): Date {
  return new Date(now.getTime() + OPEN_FOR_MS);
}

/** Returns true if Stripe would still accept a Checkout session that expires at `expiresAt`. */
export function mayOpenCheckout({ expiresAt }: Pick<GiftRow, "expiresAt">, now: Date): boolean {
  return expiresAt.getTime() - now.getTime() > SHORTEST_MS;
}

export function giftFromRow(row: GiftRow): Gift {
  return {
    money: moneyOf(row.amountMinor, row.currency),
    coveredFeeMinor: amountMinorOf(row.coveredFeeMinor),
    frequency: row.frequency as Frequency,
    article: row.article,
    appeal: row.appeal,
    variant: row.variant,
    placement: row.placement as Gift["placement"],
    exposure: exposureOf(row),
    locale: row.locale,
  };
}
