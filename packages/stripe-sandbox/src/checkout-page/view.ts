import type Stripe from "stripe";
import type { Language } from "../locales/languages";
import type { FormState } from "../payment-form/fields";

export const CHECKOUT_FORM_ID = "checkout";

export type CheckoutView = {
  session: Stripe.Checkout.Session;
  lines: Stripe.LineItem[];
  /** When the subscription is first charged, in Unix seconds; null if it is charged now. */
  firstPayment: number | null;
  language: Language;
  form: Omit<FormState, "messages">;
  /** Why the last attempt to pay was declined; null if it was not. */
  declined: string | null;
  /** True if the total differs from the one on the button that the payer pressed. */
  totalChanged: boolean;
};

export function isEmbedded({ ui_mode }: Stripe.Checkout.Session): boolean {
  return ui_mode === "embedded_page";
}
