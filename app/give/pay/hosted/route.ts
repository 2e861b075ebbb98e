// Moves a gift from Stripe's form on our payment page to Stripe's own page. The script sends this form if Stripe's does not open.
import { filledFormPath } from "@/domain/giving/gift-form";
import { findPaymentPage, moveToStripesPage } from "@/domain/giving/payment-page";
import { publication } from "@/publication";
import { currentTime } from "@/systems/clock";
import { type Db, database, isBusy } from "@/systems/database";
import { backToForm, problemOf } from "@/systems/giving/form-problem";
import { addressOf } from "@/systems/giving/payment-page";
import { log, redactError } from "@/systems/log";
import { seeOther, withOwnForm } from "@/systems/same-origin-form";
import { closeCheckoutAt, openCheckoutAt } from "@/systems/stripe/checkout";
import { stripe } from "@/systems/stripe/client";

export const dynamic = "force-dynamic";

export const POST = withOwnForm("/give", async ({ form }) => {
  const giftId = form.get("gift") ?? "";
  const db = await database();
  const calls = { closeCheckout: closeCheckoutAt(stripe()), openCheckout: openCheckoutAt(stripe()) };
  try {
    const moved = await moveToStripesPage(db, { giftId, now: currentTime(), ...calls });
    if (moved.kind === "none") return seeOther("/give");
    return seeOther(moved.kind === "closed" ? filledFormPath(moved.gift, publication) : addressOf(moved));
  } catch (error) {
    if (isBusy(error)) throw error;
    log.error({ gift: giftId, error: redactError(error) }, "Checkout could not move to Stripe's page");
    return backToForm(await formOf(db, giftId), problemOf(error));
  }
});

/** The form, and not the payment page, whose script would send this form again. */
async function formOf(db: Db, giftId: string): Promise<string> {
  const page = await findPaymentPage(db, { giftId, now: currentTime() });
  return "gift" in page ? filledFormPath(page.gift, publication) : "/give?";
}
