// Moves a gift from the site's payment page to Stripe's own page. A reader can press a button for this. The page's
// script (components/browser/pay.ts) also submits here if Stripe's form does not open.

import type { Gift } from "@/domain/giving/gift";
import { filledFormPath, giftFormQueryFromGift } from "@/domain/giving/gift-form";
import { isGiftId } from "@/domain/giving/gift-id";
import { findPaymentPageState, type PaymentPageState, switchGiftToHostedCheckout } from "@/domain/giving/payment-page";
import type { GiftWait } from "@/domain/giving/rate-limits";
import { publication } from "@/publication";
import { currentTime } from "@/systems/clock";
import { type Db, database, isRetryableDatabaseError } from "@/systems/database";
import { giftFormProblemOf, redirectToGiftForm } from "@/systems/giving/form-problem";
import { newWaitToken, readWaitToken } from "@/systems/giving/form-token";
import { countGiftAndFindWait } from "@/systems/giving/may-start";
import { nextUrlOf } from "@/systems/giving/payment-page";
import { log, redactError } from "@/systems/log";
import { seeOther, withSameOriginForm } from "@/systems/same-origin-form";
import { checkoutCloser, checkoutOpener } from "@/systems/stripe/checkout";
import { stripe } from "@/systems/stripe/client";

export const dynamic = "force-dynamic";

type Press = { giftId: string; fields: Record<string, string>; headers: Headers; now: Date };

export const POST = withSameOriginForm("/give", async ({ form, headers }) => {
  const fields = Object.fromEntries(form);
  const { gift: giftId } = fields;
  if (!isGiftId(giftId)) return seeOther("/give");
  const db = await database();
  const press = { giftId, fields, headers, now: currentTime() };
  const calls = { closeCheckout: checkoutCloser(stripe()), openCheckout: checkoutOpener(stripe()) };
  try {
    const waitBefore = (gift: Gift) => waitFor(db, { ...press, gift });
    const moved = await switchGiftToHostedCheckout(db, { giftId, now: press.now, ...calls, waitBefore });
    if (moved.kind === "none") return seeOther("/give");
    if (moved.kind === "wait") return toWait(moved, press);
    return seeOther(moved.kind === "closed" ? filledFormPath(moved.gift, publication) : nextUrlOf(moved));
  } catch (error) {
    if (isRetryableDatabaseError(error)) throw error;
    log.error({ gift: giftId, ...errorsIn(error) }, "Checkout could not move to Stripe's page");
    return afterFailure(await findPaymentPageState(db, { giftId, now: currentTime() }), error);
  }
});

/**
 * Returns how long the reader must wait before the gift moves to Stripe's own page. The move opens a second Checkout
 * session, which counts as another started gift.
 */
async function waitFor(db: Db, { giftId, gift, fields, headers, now }: Press & { gift: Gift }): Promise<GiftWait> {
  const pass = readWaitToken(fields.pass ?? "", { movedGiftId: giftId, now });
  if (pass.kind === "ready") return { kind: "none" };
  if (pass.kind === "early") return { kind: "seconds", seconds: (pass.readyAt.getTime() - now.getTime()) / 1000 };
  return countGiftAndFindWait(db, { gift, headers, filledHiddenField: false, now });
}

function toWait({ gift, wait }: { gift: Gift; wait: GiftWait }, { giftId, now }: Press): Response {
  const query = new URLSearchParams({ moved: giftId, language: gift.locale });
  if (wait.kind === "seconds")
    query.set("pass", newWaitToken({ movedGiftId: giftId, readyAt: new Date(now.getTime() + wait.seconds * 1000) }));
  return seeOther(`/give/wait?${giftFormQueryFromGift(gift)}&${query}`);
}

/**
 * Redirects to the gift form, or to the thank-you page if the gift is already paid. Never redirects to the payment
 * page: the script of that page could submit here again and again.
 */
function afterFailure(page: PaymentPageState, error: unknown): Response {
  if (page.kind === "already-paid") return seeOther(nextUrlOf(page));
  return redirectToGiftForm(
    page.kind === "none" ? "/give?" : filledFormPath(page.gift, publication),
    giftFormProblemOf(error),
  );
}

function errorsIn(error: unknown) {
  const cause = error instanceof Error && error.cause;
  return { error: redactError(error), ...(cause ? { cause: redactError(cause) } : {}) };
}
