// What the Checkout page is drawn from.
import type Stripe from "stripe";
import type { Language } from "../locales/languages";
import type { Form } from "../payment-form/fields";

export const FORM_ID = "checkout";

export type CheckoutView = {
  session: Stripe.Checkout.Session;
  lines: Stripe.LineItem[];
  /** When the recurring part is first charged, Unix seconds; null where that is now. */
  firstPayment: number | null;
  language: Language;
  form: Omit<Form, "messages">;
  /** The issuer's or Stripe's refusal of the last try. */
  declined: string | null;
  /** The lines were changed, and the sum on the button with them. */
  totalChanged: boolean;
};

export function isEmbedded({ ui_mode }: Stripe.Checkout.Session): boolean {
  return ui_mode === "embedded_page";
}
