// The payment page of a gift: what it shows, and the move from Stripe's form on our page to Stripe's own page. A gift has one Checkout
// session that can be paid: the first is closed before the second opens.
import type { Gift as GiftRow } from "../../generated/sqlite/client";
import type { Db } from "../database";
import { checkoutEnd, giftOf, type OpenCheckout, openGift, type StartedGift } from "./checkout";
import type { Gift } from "./gift";
import { findGiftById, moveCheckout } from "./store";

export type PaymentPage =
  /** No gift has this address: it is unknown, or is paid on Stripe's page. */
  | { kind: "none" }
  | { kind: "given"; sessionId: string }
  /** Its Checkout has closed unpaid, or never opened. */
  | { kind: "closed"; gift: Gift }
  /** `clientSecret`: opens Stripe's form. Null if the gift has moved to Stripe's page. */
  | { kind: "open"; gift: Gift; clientSecret: string | null };

export async function findPaymentPage(db: Db, { giftId, now }: { giftId: string; now: Date }): Promise<PaymentPage> {
  const row = await findGiftById(db, giftId);
  return row ? pageOf(row, now) : { kind: "none" };
}

function pageOf(row: GiftRow, now: Date): PaymentPage {
  if (row.checkoutPlace === "hosted") return { kind: "none" };
  if (row.status === "completed" && row.checkoutSessionId) return { kind: "given", sessionId: row.checkoutSessionId };
  const gift = giftOf(row);
  if (row.status === "expired" || row.expiresAt <= now) return { kind: "closed", gift };
  if (row.checkoutPlace === "moved") return { kind: "open", gift, clientSecret: null };
  return row.checkoutSecret ? { kind: "open", gift, clientSecret: row.checkoutSecret } : { kind: "closed", gift };
}

/** Closes a session that is not paid. `paid`: too late, it is. Throws if Stripe cannot be reached. */
export type CloseCheckout = (sessionId: string) => Promise<"closed" | "paid">;

type Move = { giftId: string; now: Date; closeCheckout: CloseCheckout; openCheckout: OpenCheckout };

/** Safe to repeat, and safe to do twice at once: every call leads to the same session. */
export async function moveToStripesPage(
  db: Db,
  { giftId, now, closeCheckout, openCheckout }: Move,
): Promise<StartedGift | Exclude<PaymentPage, { kind: "open" }>> {
  const row = await findGiftById(db, giftId);
  if (!row) return { kind: "none" };
  const page = pageOf(row, now);
  if (page.kind !== "open") return page;
  if (row.checkoutPlace === "embedded" && row.checkoutSessionId) {
    const outcome = await closeCheckout(row.checkoutSessionId);
    if (outcome === "paid") return { kind: "given", sessionId: row.checkoutSessionId };
    await moveCheckout(db, { giftId, expiresAt: checkoutEnd(now) });
  }
  const moved = await findGiftById(db, giftId);
  return moved ? openGift(db, { row: moved, openCheckout }) : { kind: "none" };
}
