// Every word on the Checkout pages, in one table per language.
export const WORDS = {
  en: {
    testMode: "Test mode",
    testNotice: "This is a stand-in for Stripe Checkout. No card is charged and no money moves.",
    back: "Back",
    total: "Total due today",
    once: "One-time payment",
    every: { day: "every day", week: "every week", month: "every month", year: "every year" },
    heading: "Pay with card",
    contact: "Contact information",
    email: "Email",
    payment: "Card",
    cardNumber: "Card number",
    cardExpiry: "Expiry (MM / YY)",
    cardCvc: "Security code (CVC)",
    billingName: "Name on card",
    quantity: "Quantity",
    buttons: { pay: "Pay", donate: "Donate", book: "Book", subscribe: "Subscribe" },
    recurringNote: "You will be charged this amount now and again each period until you cancel.",
    cardsTitle: "Test cards",
    cardsNote: "Any date in the future and any security code.",
    cardNumberColumn: "Number",
    cardEffectColumn: "What happens",
    cards: {
      paid: "Paid",
      paidMastercard: "Paid (Mastercard)",
      paidAmex: "Paid (American Express, 4-digit code)",
      declined: "Declined",
      insufficientFunds: "Declined: insufficient funds",
      expired: "Declined: expired card",
      incorrectCvc: "Declined: wrong security code",
      authenticated: "3-D Secure: asks for authentication",
      authenticatedThenDeclined: "3-D Secure, then declined",
    },
    errorTitle: "Payment not made",
    errors: {
      emailMissing: "Enter your email.",
      emailInvalid: "Enter an email like name@example.com.",
      cardNumberMissing: "Enter the card number.",
      cardNumberInvalid: "Your card number is invalid.",
      cardExpiryMissing: "Enter the expiry date.",
      cardExpiryInvalid: "Enter the expiry date as MM / YY.",
      cardExpiryPast: "Your card's expiry date is in the past.",
      cardCvcMissing: "Enter the security code.",
      cardCvcInvalid: "Your card's security code is incomplete.",
      billingNameMissing: "Enter the name on the card.",
    },
    authentication: "3-D Secure authentication",
    authenticationText: "Your bank would now ask whether it is you. Choose what it hears.",
    authenticationComplete: "Complete authentication",
    authenticationFail: "Fail authentication",
    closedPaid: "This payment is complete",
    closedPaidText: "The checkout page has already been paid. You can close it.",
    closedExpired: "This page has expired",
    closedExpiredText:
      "The checkout page is no longer open, and nothing was charged. Go back to the site and start again.",
    unknown: "Page not found",
    unknownText: "There is no such checkout page here.",
    cancelLink: "Return to the site",
  },
};
export type Words = (typeof WORDS)["en"];

/** The words for a session's locale; other languages come later and fall back to English until then. */
export function wordsFor(_locale: string | null): { lang: string; words: Words } {
  return { lang: "en", words: WORDS.en };
}
