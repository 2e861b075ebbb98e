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
  threeDSecure: "none" | "frictionless" | "optional" | "required" | "when-on-session" | "unless-set-up";
  decline: Decline | null;
  cvcCheck: "pass" | "fail";
  postalCodeCheck: "pass" | "fail" | null;
  /** Declined cards cannot be saved either, but for the one that is made for failing later. */
  attaches: boolean;
  risk: "normal" | "elevated" | "highest";
  /** What the giver's bank does after the charge. */
  afterwards: "nothing" | "fraudulent" | "product_not_received" | "inquiry" | "early_fraud_warning";
  refund: "at_once" | "pending" | "fails";
  /** Skips the two days in which money is pending. */
  availableAtOnce: boolean;
  /** Listed on the Checkout page under this word, if at all. */
  shownAs: ShownAs | null;
}

const DECLINED = "Your card was declined.";

function decline(declineCode: string, message = DECLINED, code = "card_declined"): Decline {
  return { code, declineCode, message };
}

function card(number: string, alias: string | null, more: Partial<TestCard> = {}): TestCard {
  const brand = number.startsWith("3") ? "amex" : number.startsWith("5") ? "mastercard" : "visa";
  const plain = { funding: "credit", country: "US", threeDSecure: "none", decline: null, shownAs: null } as const;
  const checks = { cvcCheck: "pass", postalCodeCheck: null, risk: "normal" } as const;
  const later = { afterwards: "nothing", refund: "at_once", availableAtOnce: false } as const;
  return { number, alias, brand, ...plain, ...checks, ...later, attaches: !more.decline, ...more };
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
  card("4000000000000077", "pm_card_bypassPending", { availableAtOnce: true }),
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
  card("4000000000000341", "pm_card_chargeCustomerFail", { decline: decline("generic_decline"), attaches: true }),
  card("4100000000000019", "pm_card_radarBlock", { decline: decline("fraudulent"), risk: "highest" }),
  card("4000000000004954", "pm_card_riskLevelHighest", { decline: decline("fraudulent"), risk: "highest" }),
  card("4000000000009235", "pm_card_riskLevelElevated", { risk: "elevated" }),
  card("4000000000000036", "pm_card_avsZipFail", { postalCodeCheck: "fail" }),
  card("4000000000000259", "pm_card_createDispute", { afterwards: "fraudulent" }),
  card("4000000000002685", "pm_card_createDisputeProductNotReceived", { afterwards: "product_not_received" }),
  card("4000000000001976", "pm_card_createDisputeInquiry", { afterwards: "inquiry" }),
  card("4000000000005423", "pm_card_createIssuerFraudRecord", { afterwards: "early_fraud_warning" }),
  card("4000000000007726", "pm_card_pendingRefund", { refund: "pending" }),
  card("4000000000005126", "pm_card_refundFail", { refund: "fails" }),
  card("4000002760003184", "pm_card_authenticationRequired", { threeDSecure: "required", shownAs: "authenticated" }),
  card("4000002500003155", "pm_card_authenticationRequiredOnSetup", { threeDSecure: "unless-set-up" }),
  card("4000003800000446", "pm_card_authenticationRequiredSetupForOffSession", { threeDSecure: "when-on-session" }),
  card("4000008260003178", "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds", {
    threeDSecure: "required",
    decline: INSUFFICIENT,
    attaches: true,
    shownAs: "authenticatedThenDeclined",
  }),
  card("4000000000003220", "pm_card_threeDSecure2Required", { threeDSecure: "required" }),
  card("4000000000003055", "pm_card_threeDSecureOptional", { threeDSecure: "optional" }),
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

/** Stripe takes the names of Visa's test cards with and without the brand: `pm_card_chargeDeclined` too. */
export function findTestCardByAlias(alias: string): TestCard | null {
  const short = alias.replace("_visa_", "_");
  return TEST_CARDS.find((candidate) => candidate.alias?.replace("_visa_", "_") === short) ?? null;
}

/** `tok_visa` stands for what `pm_card_visa` does, and so on. */
export function findTestCardByToken(token: string): TestCard | null {
  return token.startsWith("tok_") ? findTestCardByAlias(`pm_card_${token.slice(4)}`) : null;
}

export interface Asking {
  onSession: boolean;
  /** The giver has once authenticated for what is charged without her. */
  isSetUp?: boolean;
  /** The site wants it (`request_three_d_secure`). A card that is not enrolled is not asked even then. */
  isRequested?: boolean;
}

export function needsAuthentication({ threeDSecure }: TestCard, asking: Asking): boolean {
  const { onSession, isSetUp = false, isRequested = false } = asking;
  if (threeDSecure === "required") return true;
  if (!onSession) return threeDSecure === "unless-set-up" && !isSetUp;
  return threeDSecure === "optional" ? isRequested : !["none", "frictionless"].includes(threeDSecure);
}

interface Advice {
  advice: "confirm_card_data" | "do_not_try_again" | "try_again_later";
  networkCode: string;
}

const ADVICE: Record<string, Advice> = {
  expired_card: { advice: "confirm_card_data", networkCode: "54" },
  incorrect_cvc: { advice: "confirm_card_data", networkCode: "82" },
  insufficient_funds: { advice: "try_again_later", networkCode: "51" },
  lost_card: { advice: "do_not_try_again", networkCode: "41" },
  stolen_card: { advice: "do_not_try_again", networkCode: "43" },
  fraudulent: { advice: "do_not_try_again", networkCode: "59" },
  processing_error: { advice: "try_again_later", networkCode: "06" },
  card_velocity_exceeded: { advice: "try_again_later", networkCode: "61" },
};

/** What Stripe and the network say about trying a declined card again. */
export function adviceFor({ declineCode }: Decline): Advice {
  return ADVICE[declineCode] ?? { advice: "try_again_later", networkCode: "01" };
}
