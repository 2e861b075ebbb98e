import type Stripe from "stripe";
import type { Language } from "../locales/languages";
import type { FormState } from "../payment-form/fields";

export const CHECKOUT_FORM_ID = "checkout";

export type CheckoutPageData = {
  session: Stripe.Checkout.Session;
  lines: Stripe.LineItem[];
  /**
   * When a subscription is first charged, in Unix seconds, if a trial or a billing date puts off the first charge.
   * Otherwise null.
   */
  firstChargeAt: number | null;
  language: Language;
  form: Omit<FormState, "messages">;
  declined: string | null;
  totalChanged: boolean;
};

export function isEmbedded({ ui_mode }: Stripe.Checkout.Session): boolean {
  return ui_mode === "embedded_page";
}
