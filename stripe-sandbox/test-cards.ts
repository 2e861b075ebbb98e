// Stripe's published test cards (docs.stripe.com/testing) and what each does. No other number is charged.
export interface Decline {
  code: string;
  declineCode: string;
  message: string;
}

/** Keys of the words that the Checkout page lists cards under. */
export type ShownAs =
  | "paid"
  | "paidMastercard"
  | "paidAmex"
  | "declined"
  | "insufficientFunds"
  | "expired"
  | "incorrectCvc"
  | "authenticated"
  | "authenticatedThenDeclined";

export interface TestCard {
  number: string;
  /** The pm_card_… that stands for it in API calls. */
  alias: string | null;
  brand: "visa" | "mastercard" | "amex";
  funding: "credit" | "debit";
  country: string;
  threeDSecure: "none" | "frictionless" | "required" | "when-on-session";
  decline: Decline | null;
  cvcCheck: "pass" | "fail";
  /** Listed on the Checkout page under this word, if at all. */
  shownAs: ShownAs | null;
}

const DECLINED = "Your card was declined.";

function decline(declineCode: string, message = DECLINED, code = "card_declined"): Decline {
  return { code, declineCode, message };
}

function card(number: string, alias: string | null, more: Partial<TestCard> = {}): TestCard {
  const brand = number.startsWith("3") ? "amex" : number.startsWith("5") ? "mastercard" : "visa";
  const plain = { funding: "credit", country: "US", threeDSecure: "none", decline: null, cvcCheck: "pass" } as const;
  return { number, alias, brand, ...plain, shownAs: null, ...more };
}

export const INSUFFICIENT = decline("insufficient_funds", "Your card has insufficient funds.");
export const EXPIRED = decline("expired_card", "Your card has expired.", "expired_card");
const WRONG_CVC = decline("incorrect_cvc", "Your card's security code is incorrect.", "incorrect_cvc");
const PROCESSING = decline(
  "processing_error",
  "An error occurred while processing your card. Try again in a little bit.",
  "processing_error",
);
const VELOCITY = decline(
  "card_velocity_exceeded",
  "Your card was declined for making repeated attempts too frequently.",
);

export const TEST_CARDS: TestCard[] = [
  card("4242424242424242", "pm_card_visa", { shownAs: "paid" }),
  card("5555555555554444", "pm_card_mastercard", { shownAs: "paidMastercard" }),
  card("378282246310005", "pm_card_amex", { shownAs: "paidAmex" }),
  card("4000056655665556", "pm_card_visa_debit", { funding: "debit" }),
  card("4000008260000000", "pm_card_gb", { country: "GB" }),
  card("4000002760000016", "pm_card_de", { country: "DE" }),
  card("4000000000000077", "pm_card_bypassPending"),
  card("4000000000000101", "pm_card_cvcCheckFail", { cvcCheck: "fail" }),
  card("4000000000000002", "pm_card_visa_chargeDeclined", { decline: decline("generic_decline"), shownAs: "declined" }),
  card("4000000000009995", "pm_card_visa_chargeDeclinedInsufficientFunds", {
    decline: INSUFFICIENT,
    shownAs: "insufficientFunds",
  }),
  card("4000000000009987", "pm_card_visa_chargeDeclinedLostCard", { decline: decline("lost_card") }),
  card("4000000000009979", "pm_card_visa_chargeDeclinedStolenCard", { decline: decline("stolen_card") }),
  card("4000000000000069", "pm_card_chargeDeclinedExpiredCard", { decline: EXPIRED, shownAs: "expired" }),
  card("4000000000000127", "pm_card_chargeDeclinedIncorrectCvc", { decline: WRONG_CVC, shownAs: "incorrectCvc" }),
  card("4000000000000119", "pm_card_chargeDeclinedProcessingError", { decline: PROCESSING }),
  card("4000000000006975", "pm_card_visa_chargeDeclinedVelocityLimitExceeded", { decline: VELOCITY }),
  card("4000000000000341", "pm_card_chargeCustomerFail", { decline: decline("generic_decline") }),
  card("4100000000000019", "pm_card_radarBlock", { decline: decline("fraudulent") }),
  card("4000002760003184", "pm_card_authenticationRequired", { threeDSecure: "required", shownAs: "authenticated" }),
  card("4000002500003155", "pm_card_authenticationRequiredOnSetup", { threeDSecure: "when-on-session" }),
  card("4000003800000446", "pm_card_authenticationRequiredSetupForOffSession", { threeDSecure: "when-on-session" }),
  card("4000008260003178", "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds", {
    threeDSecure: "required",
    decline: INSUFFICIENT,
    shownAs: "authenticatedThenDeclined",
  }),
  card("4000000000003220", "pm_card_threeDSecure2Required", { threeDSecure: "required" }),
  card("4000000000003055", "pm_card_threeDSecureOptional"),
  card("4000000032200000", null, { threeDSecure: "frictionless" }),
];

/** A real number in test mode: Stripe refuses it, and so do we. */
const NOT_A_TEST_CARD = decline(
  "test_mode_live_card",
  "Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, visit: https://stripe.com/docs/testing.",
);

export function testCardByNumber(number: string): TestCard {
  const known = TEST_CARDS.find((candidate) => candidate.number === number);
  // Only the last four digits of a number that may be somebody's are kept.
  return known ?? card(number.slice(-4).padStart(16, "0"), null, { decline: NOT_A_TEST_CARD });
}

export function findTestCardByAlias(alias: string): TestCard | null {
  return TEST_CARDS.find((candidate) => candidate.alias === alias) ?? null;
}

export function needsAuthentication(card: TestCard, onSession: boolean): boolean {
  return card.threeDSecure === "required" || (onSession && card.threeDSecure === "when-on-session");
}
