// The data that the Checkout page shows.
import type Stripe from "stripe";
import type { Language } from "../locales/languages";
import type { FormState } from "../payment-form/fields";

export const CHECKOUT_FORM_ID = "checkout";

export type CheckoutView = {
  session: Stripe.Checkout.Session;
  lines: Stripe.LineItem[];
  /** When the recurring part is first charged, Unix seconds; null if now. */
  firstPayment: number | null;
  language: Language;
  form: Omit<FormState, "messages">;
  /** Why the issuer or Stripe declined the last attempt; null if there was no decline. */
  declined: string | null;
  /** True if the total differs from the one on the button that the payer pressed. */
  totalChanged: boolean;
};

export function isEmbedded({ ui_mode }: Stripe.Checkout.Session): boolean {
  return ui_mode === "embedded_page";
}
