// Submits the forms of Stripe's pages, without opening them in a browser.

export const TEST_CARD_NUMBERS = {
  good: "4242 4242 4242 4242",
  declined: "4000 0000 0000 0002",
  challenged: "4000 0027 6000 3184",
  disputed: "4000 0000 0000 0259",
  inquiry: "4000 0000 0000 1976",
  refundFails: "4000 0000 0000 5126",
  refundWaits: "4000 0000 0000 7726",
} as const;

const IBANS = {
  settles: "DE89 3704 0044 0532 0130 00",
  bounces: "DE62 3704 0044 0532 0130 01",
  bouncesAtOnce: "AT86 1904 3002 3547 3202",
} as const;

export async function payByCard(url: string, { email, card }: { email: string; card: keyof typeof TEST_CARD_NUMBERS }) {
  const form = {
    email,
    cardNumber: TEST_CARD_NUMBERS[card],
    cardExpiry: "12 / 34",
    cardCvc: "123",
    billingName: "Rosa Reader",
  };
  const location = await submit(url, form);
  if (card !== "challenged") return;
  await submit(new URL(location ?? "", url).href, { answer: "complete" });
}

export async function payByDebit(url: string, { email, fate }: { email: string; fate: keyof typeof IBANS }) {
  await submit(url, { email, method: "sepa_debit", iban: IBANS[fate], accountHolder: "Rosa Reader" });
}

/** Submits a form. Returns the URL to which the page redirects, or null if it does not redirect. */
async function submit(url: string, fields: Record<string, string>): Promise<string | null> {
  const response = await fetch(url, { method: "POST", redirect: "manual", body: new URLSearchParams(fields) });
  await response.body?.cancel();
  return response.headers.get("location");
}
