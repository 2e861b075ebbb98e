// Reasons why the gift form comes back, except for a wrong amount.

/**
 * `unreachable`: Stripe did not answer in time. `refused`: Stripe refused. `unsure`: Stripe does not tell whether an earlier Checkout of this
 * gift was paid. `busy`: our ledger was busy. `form`: the form's token is too old or used up. `every`: the frequency or the currency is missing.
 */
export const GIFT_FORM_PROBLEMS = ["unreachable", "refused", "unsure", "busy", "form", "every"] as const;
export type GiftFormProblem = (typeof GIFT_FORM_PROBLEMS)[number];
