// Stripe's test cards (docs.stripe.com/testing). Any other card number is declined.
import { cardBrandOf } from "./payment-form/card-number";

export type PaymentMethodDecline = {
  code: string;
  declineCode: string;
  message: string;
};

export type TestCardLabelKey =
  | "paid"
  | "paidMastercard"
  | "paidAmex"
  | "declined"
  | "insufficientFunds"
  | "expired"
  | "incorrectCvc"
  | "authenticated"
  | "authenticatedThenDeclined";

export type TestCard = {
  number: string;
  /** The `pm_card_…` id of the card in API calls. */
  alias: string | null;
  brand: "amex" | "diners" | "discover" | "jcb" | "mastercard" | "unionpay" | "visa";
  /**
   * The second network of a co-branded card. The payment method's `display_brand` is this network; charges report
   * `brand`.
   */
  coBrand: "cartes_bancaires" | "eftpos_au" | null;
  funding: "credit" | "debit" | "prepaid";
  country: string;
  threeDSecure: "none" | "frictionless" | "optional" | "required" | "when-on-session" | "unless-set-up";
  decline: PaymentMethodDecline | null;
  cvcCheck: "pass" | "fail";
  postalCodeCheck: "pass" | "fail" | null;
  /** False if saving the card fails. A card that can be saved can nevertheless decline every charge. */
  canBeSaved: boolean;
  risk: "normal" | "elevated" | "highest";
  /** The bank's action after the charge. */
  afterwards: "nothing" | "fraudulent" | "product_not_received" | "inquiry" | "early_fraud_warning";
  refund: "at_once" | "pending" | "fails";
  availableAtOnce: boolean;
  /** The key of the card's text on the Checkout page. Null if the page does not list the card. */
  textKey: TestCardLabelKey | null;
};

const DECLINED = "Your card was declined.";

function decline(declineCode: string, message = DECLINED, code = "card_declined"): PaymentMethodDecline {
  return { code, declineCode, message };
}

function card(number: string, alias: string | null, more: Partial<TestCard> = {}): TestCard {
  const brand = cardBrandOf(number) ?? "visa";
  const plain = {
    coBrand: null,
    funding: "credit",
    country: "US",
    threeDSecure: "none",
    decline: null,
    textKey: null,
  } as const;
  const checks = { cvcCheck: "pass", postalCodeCheck: null, risk: "normal" } as const;
  const later = { afterwards: "nothing", refund: "at_once", availableAtOnce: false } as const;
  return { number, alias, brand, ...plain, ...checks, ...later, canBeSaved: !more.decline, ...more };
}

export const INSUFFICIENT_FUNDS_DECLINE = decline("insufficient_funds", "Your card has insufficient funds.");
export const EXPIRED_CARD_DECLINE = decline("expired_card", "Your card has expired.", "expired_card");
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

const OTHER_BRANDS: TestCard[] = [
  card("2223003122003222", null),
  card("5200828282828210", "pm_card_mastercard_debit", { funding: "debit" }),
  card("5105105105105100", "pm_card_mastercard_prepaid", { funding: "prepaid" }),
  card("371449635398431", null),
  card("6011111111111117", "pm_card_discover"),
  card("6011000990139424", null),
  card("6011981111111113", null, { funding: "debit" }),
  card("3056930009020004", "pm_card_diners"),
  card("36227206271667", null),
  card("6555900000604105", null),
  card("3566002020360505", "pm_card_jcb", { country: "JP" }),
  card("3530111333300000", null, { country: "JP" }),
  card("6200000000000005", "pm_card_unionpay", { country: "CN" }),
  card("6200000000000047", null, { country: "CN", funding: "debit" }),
  card("6205500000000000004", null, { country: "CN" }),
  card("4000002500001001", "pm_card_visa_cartesBancaires", { country: "FR", coBrand: "cartes_bancaires" }),
  card("5555552500001001", "pm_card_mastercard_cartesBancaires", { country: "FR", coBrand: "cartes_bancaires" }),
  card("4000050360000001", "pm_card_visa_debit_eftposAuCoBranded", {
    country: "AU",
    funding: "debit",
    coBrand: "eftpos_au",
  }),
  card("5555050360000080", "pm_card_mastercard_debit_eftposAuCoBranded", {
    country: "AU",
    funding: "debit",
    coBrand: "eftpos_au",
  }),
];

/** Test cards by country, for sites that block a region: `pm_card_by` is from Belarus. */
const COUNTRY_CARDS = `AR 4000000320000021 BR 4000000760000002 CA 4000001240000000 CL 4000001520000001
  CO 4000001700000003 CR 4000001880000005 EC 4000002180000000 MX 4000004840008001 PA 4000005910000000
  PY 4000006000000066 PE 4000006040000068 UY 4000008580000003 AE 4000007840000001 AT 4000000400000008
  BE 4000000560000004 BG 4000001000000000 BY 4000001120000005 HR 4000001910000009 CY 4000001960000008
  CZ 4000002030000002 DK 4000002080000001 EE 4000002330000009 FI 4000002460000001 FR 4000002500000003
  DE 4000002760000016 GI 4000002920000005 GR 4000003000000030 HU 4000003480000005 IE 4000003720000005
  IT 4000003800000008 LV 4000004280000005 LI 4000004380000004 LT 4000004400000000 LU 4000004420000006
  MT 4000004700000007 NL 4000005280000002 NO 4000005780000007 PL 4000006160000005 PT 4000006200000007
  RO 4000006420000001 SA 4000006820000007 SI 4000007050000006 SK 4000007030000001 ES 4000007240000007
  SE 4000007520000008 CH 4000007560000009 GB 4000008260000000 AU 4000000360000006 CN 4000001560000002
  HK 4000003440000004 IN 4000003560000008 JP 4000003920000003 MY 4000004580000002 NZ 4000005540000008
  SG 4000007020000003 TW 4000001580000008`.split(/\s+/);

const BY_COUNTRY: TestCard[] = [
  ...COUNTRY_CARDS.flatMap((country, index) => {
    const number = COUNTRY_CARDS[index + 1];
    return index % 2 === 0 && number ? [card(number, `pm_card_${country.toLowerCase()}`, { country })] : [];
  }),
  card("5200007840000022", "pm_card_ae_mastercard", { country: "AE" }),
  card("4000058260000005", "pm_card_gb_debit", { country: "GB", funding: "debit" }),
  card("5555558265554449", "pm_card_gb_mastercard", { country: "GB" }),
  card("4000007640000003", "pm_card_th_credit", { country: "TH" }),
  card("4000057640000008", "pm_card_th_debit", { country: "TH", funding: "debit" }),
];

export const TEST_CARDS: TestCard[] = [
  card("4242424242424242", "pm_card_visa", { textKey: "paid" }),
  card("5555555555554444", "pm_card_mastercard", { textKey: "paidMastercard" }),
  card("378282246310005", "pm_card_amex", { textKey: "paidAmex" }),
  card("4000056655665556", "pm_card_visa_debit", { funding: "debit" }),
  ...OTHER_BRANDS,
  ...BY_COUNTRY,
  card("4000000000000077", "pm_card_bypassPending", { availableAtOnce: true }),
  card("4000003720000278", "pm_card_bypassPendingInternational", { country: "IE", availableAtOnce: true }),
  card("4000000000000101", "pm_card_cvcCheckFail", { cvcCheck: "fail" }),
  card("4000000000000002", "pm_card_visa_chargeDeclined", { decline: decline("generic_decline"), textKey: "declined" }),
  card("4000000000009995", "pm_card_visa_chargeDeclinedInsufficientFunds", {
    decline: INSUFFICIENT_FUNDS_DECLINE,
    textKey: "insufficientFunds",
  }),
  card("4000000000009987", "pm_card_visa_chargeDeclinedLostCard", { decline: decline("lost_card") }),
  card("4000000000009979", "pm_card_visa_chargeDeclinedStolenCard", { decline: decline("stolen_card") }),
  card("4000000000000069", "pm_card_chargeDeclinedExpiredCard", { decline: EXPIRED_CARD_DECLINE, textKey: "expired" }),
  card("4000000000000127", "pm_card_chargeDeclinedIncorrectCvc", { decline: WRONG_CVC, textKey: "incorrectCvc" }),
  card("4000000000000119", "pm_card_chargeDeclinedProcessingError", { decline: PROCESSING }),
  card("4000000000006975", "pm_card_visa_chargeDeclinedVelocityLimitExceeded", { decline: VELOCITY }),
  card("4000000000000341", "pm_card_chargeCustomerFail", { decline: decline("generic_decline"), canBeSaved: true }),
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
  card("4000002760003184", "pm_card_authenticationRequired", {
    country: "DE",
    threeDSecure: "required",
    textKey: "authenticated",
  }),
  card("4000002500003155", "pm_card_authenticationRequiredOnSetup", { country: "FR", threeDSecure: "unless-set-up" }),
  card("4000003800000446", "pm_card_authenticationRequiredSetupForOffSession", {
    country: "IT",
    threeDSecure: "when-on-session",
  }),
  card("4000008260003178", "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds", {
    country: "GB",
    threeDSecure: "required",
    decline: INSUFFICIENT_FUNDS_DECLINE,
    canBeSaved: true,
    textKey: "authenticatedThenDeclined",
  }),
  card("4000000000003220", "pm_card_threeDSecure2Required", { threeDSecure: "required" }),
  card("4000000000003055", "pm_card_threeDSecureOptional", { threeDSecure: "optional" }),
  card("4000000032200000", null, { threeDSecure: "frictionless" }),
];

/** In test mode, Stripe declines a number that is not a test card. */
const NOT_A_TEST_CARD = decline(
  "test_mode_live_card",
  "Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, visit: https://stripe.com/docs/testing.",
);

export function testCardByNumber(number: string): TestCard {
  const testCard = TEST_CARDS.find((candidate) => candidate.number === number);
  // Keeps only the last four digits of any other number, because it can be a real card.
  return testCard ?? card(number.slice(-4).padStart(16, "0"), null, { decline: NOT_A_TEST_CARD });
}

/**
 * Returns the test card of an id. Stripe accepts ids of Visa cards with and without the brand:
 * `pm_card_visa_chargeDeclined` and `pm_card_chargeDeclined`.
 */
export function findTestCardByAlias(alias: string): TestCard | null {
  if (alias === "pm_card_us") return TEST_CARDS[0] ?? null;
  const short = alias.replace("_visa_", "_");
  return TEST_CARDS.find((candidate) => candidate.alias?.replace("_visa_", "_") === short) ?? null;
}

/** Returns the test card of a fixed token: `tok_visa` has the card of `pm_card_visa`, and so on. */
export function findTestCardByToken(token: string): TestCard | null {
  return token.startsWith("tok_") ? findTestCardByAlias(`pm_card_${token.slice(4)}`) : null;
}

export type CardAuthenticationContext = {
  onSession: boolean;
  /** True if the payer has authenticated once, so that later charges do not need the payer. */
  isSetUp?: boolean;
  /**
   * True if the site requests 3-D Secure (`request_three_d_secure`). Even then, a card that does not support 3-D Secure
   * causes no challenge.
   */
  isRequested?: boolean;
};

export function needsAuthentication({ threeDSecure }: TestCard, context: CardAuthenticationContext): boolean {
  const { onSession, isSetUp = false, isRequested = false } = context;
  if (threeDSecure === "required") return true;
  if (!onSession) return threeDSecure === "unless-set-up" && !isSetUp;
  return threeDSecure === "optional" ? isRequested : !["none", "frictionless"].includes(threeDSecure);
}

type Advice = {
  advice: "confirm_card_data" | "do_not_try_again" | "try_again_later";
  networkCode: string;
};

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

export function retryAdviceFor({ declineCode }: PaymentMethodDecline): Advice {
  return ADVICE[declineCode] ?? { advice: "try_again_later", networkCode: "01" };
}
