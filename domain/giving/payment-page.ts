// The page on which a gift is paid, and the move from this page to Stripe's. A gift never has two payable Checkout
// sessions, because the site closes the first before it opens the second.
import type { Gift as GiftRow } from "../../generated/sqlite/client";
import type { Db } from "../database";
import {
  type CheckoutSessionOpener,
  checkoutClosesAt,
  giftFromRow,
  mayOpenCheckout,
  type NextStepOfStartedGift,
  openCheckoutForGift,
} from "./checkout";
import type { Gift } from "./gift";
import type { GiftWait } from "./rate-limits";
import { findGiftById, recordMoveToStripePage } from "./store";

export type PaymentPageState =
  /** The gift does not exist. Or the gift has no payment page here, because its form led directly to Stripe's page. */
  | { kind: "none" }
  | { kind: "already-paid"; sessionId: string }
  /**
   * The gift can no longer be paid. Its Checkout session has expired, or the gift has no session and can no longer get one.
   */
  | { kind: "closed"; gift: Gift }
  /** `clientSecret` opens Stripe's form. It is null if the reader has switched from that form to Stripe's own page. */
  | { kind: "open"; gift: Gift; clientSecret: string | null };

export async function findPaymentPageState(
  db: Db,
  { giftId, now }: { giftId: string; now: Date },
): Promise<PaymentPageState> {
  const row = await findGiftById(db, giftId);
  return row ? pageOf(row, now) : { kind: "none" };
}

function pageOf(row: GiftRow, now: Date): PaymentPageState {
  if (row.checkoutPlace === "hosted") return { kind: "none" };
  if (row.status === "completed" && row.checkoutSessionId)
    return { kind: "already-paid", sessionId: row.checkoutSessionId };
  const gift = giftFromRow(row);
  if (row.status === "expired" || row.expiresAt <= now) return { kind: "closed", gift };
  if (row.checkoutPlace === "moved")
    return row.checkoutUrl || mayOpenCheckout(row, now)
      ? { kind: "open", gift, clientSecret: null }
      : { kind: "closed", gift };
  return row.checkoutSecret ? { kind: "open", gift, clientSecret: row.checkoutSecret } : { kind: "closed", gift };
}

/** Thrown if Stripe does not say whether a Checkout session was paid. */
export class CheckoutStatusUnknownError extends Error {}

/**
 * Closes an unpaid session. Throws CheckoutStatusUnknownError if Stripe does not say whether the session was paid. If
 * Stripe refuses and the session is still open, throws Stripe's error.
 */
export type CloseCheckout = (sessionId: string) => Promise<"closed" | "paid">;

type Move = {
  giftId: string;
  now: Date;
  closeCheckout: CloseCheckout;
  openCheckout: CheckoutSessionOpener;
  /**
   * Counts one more Checkout session against the limits in rate-limits.ts. Returns how long the reader must wait before
   * the session opens.
   */
  waitBefore: (gift: Gift) => Promise<GiftWait>;
};
type MoveResult =
  | NextStepOfStartedGift
  | Exclude<PaymentPageState, { kind: "open" }>
  | { kind: "wait"; gift: Gift; wait: GiftWait };

/**
 * Moves a gift from the embedded form to Stripe's page. First closes the embedded session. Otherwise somebody could pay
 * it while a rate limit delays the new session. Repeated calls open only one new session.
 */
export async function switchGiftToHostedCheckout(db: Db, { giftId, now, ...calls }: Move): Promise<MoveResult> {
  const row = await findGiftById(db, giftId);
  if (!row) return { kind: "none" };
  const page = pageOf(row, now);
  if (page.kind !== "open") return page;
  if (row.checkoutPlace === "embedded" && row.checkoutSessionId) {
    const outcome = await calls.closeCheckout(row.checkoutSessionId);
    if (outcome === "paid") return { kind: "already-paid", sessionId: row.checkoutSessionId };
    await recordMoveToStripePage(db, { giftId, expiresAt: checkoutClosesAt(now) });
  }
  const moved = await findGiftById(db, giftId);
  return moved ? openMoved(db, { row: moved, ...calls }) : { kind: "none" };
}

async function openMoved(
  db: Db,
  { row, waitBefore, openCheckout }: Pick<Move, "waitBefore" | "openCheckout"> & { row: GiftRow },
): Promise<MoveResult> {
  const gift = giftFromRow(row);
  const wait: GiftWait = row.checkoutUrl ? { kind: "none" } : await waitBefore(gift);
  return wait.kind === "none" ? openCheckoutForGift(db, { row, openCheckout }) : { kind: "wait", gift, wait };
}
