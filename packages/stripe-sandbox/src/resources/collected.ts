// The details that a payer enters on the Checkout page.
import type Stripe from "stripe";

export type Collected = {
  email: string | null;
  name: string | null;
  phone: string | null;
  address: Stripe.Address | null;
  individualName: string | null;
  businessName: string | null;
  /** Answers to custom fields, by key. */
  answers: Record<string, string>;
  acceptsTerms: boolean;
  /** Null if the page did not ask. */
  wantsPromotions: boolean | null;
  /** True if the payer chose to save the payment method. */
  savesMethod: boolean;
  /** Adjustable lines, by id. */
  quantities: Record<string, number>;
  /** The custom amount, in minor units. */
  ownAmount: number | null;
};

export function onlyNameAndEmail(email: string, name: string): Collected {
  return {
    email,
    name,
    phone: null,
    address: null,
    individualName: null,
    businessName: null,
    answers: {},
    acceptsTerms: false,
    wantsPromotions: null,
    savesMethod: false,
    quantities: {},
    ownAmount: null,
  };
}
