// The problems of a gift form, except those with the amount, which are in gift-form.ts.

/**
 * `unreachable`: Stripe did not answer in time, or another error occurred. `refused`: Stripe refused the request.
 * `unsure`: Stripe did not report whether an earlier Checkout session of this gift was paid. `busy`: the ledger was
 * busy. `form`: the form's token is missing, invalid or expired, or too many gifts were sent with this form. `every`:
 * the frequency or currency is missing or unknown.
 */
export const GIFT_FORM_PROBLEMS = ["unreachable", "refused", "unsure", "busy", "form", "every"] as const;
export type GiftFormProblem = (typeof GIFT_FORM_PROBLEMS)[number];
