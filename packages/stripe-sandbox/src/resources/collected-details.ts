import type Stripe from "stripe";

export type DetailsCollectedFromPayer = {
  email: string | null;
  name: string | null;
  phone: string | null;
  address: Stripe.Address | null;
  individualName: string | null;
  businessName: string | null;
  /** Answers to custom fields, by key. */
  answers: Record<string, string>;
  acceptsTerms: boolean;
  /** True if the payer agreed to promotional e-mails. Null if the page did not ask about them. */
  wantsPromotions: boolean | null;
  savesMethod: boolean;
  /** The quantities that the payer chose for lines with an adjustable quantity, by line id. */
  quantities: Record<string, number>;
  /** The custom amount that the payer typed, in minor units. */
  customAmount: number | null;
};

export function detailsWithOnlyEmailAndName(email: string, name: string): DetailsCollectedFromPayer {
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
    customAmount: null,
  };
}
