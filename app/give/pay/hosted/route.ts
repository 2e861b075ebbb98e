// Moves a gift from Stripe's form on our payment page to Stripe's own page. The script sends this form if Stripe's does not open.
import { filledFormPath } from "@/domain/giving/gift-form";
import { isGiftId } from "@/domain/giving/gift-id";
import { findPaymentPage, moveToStripesPage, type PaymentPage } from "@/domain/giving/payment-page";
import { publication } from "@/publication";
import { currentTime } from "@/systems/clock";
import { database, isBusy } from "@/systems/database";
import { backToForm, problemOf } from "@/systems/giving/form-problem";
import { addressOf } from "@/systems/giving/payment-page";
import { log, redactError } from "@/systems/log";
import { seeOther, withOwnForm } from "@/systems/same-origin-form";
import { closeCheckoutAt, openCheckoutAt } from "@/systems/stripe/checkout";
import { stripe } from "@/systems/stripe/client";

export const dynamic = "force-dynamic";

export const POST = withOwnForm("/give", async ({ form }) => {
  const giftId = form.get("gift");
  if (!isGiftId(giftId)) return seeOther("/give");
  const db = await database();
  const calls = { closeCheckout: closeCheckoutAt(stripe()), openCheckout: openCheckoutAt(stripe()) };
  try {
    const moved = await moveToStripesPage(db, { giftId, now: currentTime(), ...calls });
    if (moved.kind === "none") return seeOther("/give");
    return seeOther(moved.kind === "closed" ? filledFormPath(moved.gift, publication) : addressOf(moved));
  } catch (error) {
    if (isBusy(error)) throw error;
    log.error({ gift: giftId, error: redactError(error) }, "Checkout could not move to Stripe's page");
    return afterFailure(await findPaymentPage(db, { giftId, now: currentTime() }), error);
  }
});

/** A gift that was paid meanwhile has its thanks. Otherwise the form: the payment page's script would send this form again. */
function afterFailure(page: PaymentPage, error: unknown): Response {
  if (page.kind === "given") return seeOther(addressOf(page));
  return backToForm(page.kind === "none" ? "/give?" : filledFormPath(page.gift, publication), problemOf(error));
}
