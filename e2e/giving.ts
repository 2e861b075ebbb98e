// What a reader does between the article and Stripe.
import { expect, type Locator, type Page } from "@playwright/test";
import { expectPressable } from "./pressable";
import { STRIPE } from "./world";

export const CARD = {
  paid: "4242 4242 4242 4242",
  declined: "4000 0000 0000 0002",
  /** Paid, then asked back by the bank. */
  disputed: "4000 0000 0000 0259",
  asksThreeDSecure: "4000 0000 0000 3220",
};

/** The gift form of the page, or of a part of it: the appeal at an article's end, the banner. */
export function giftForm(page: Page, within: Page | Locator = page): Locator {
  return within.locator("form").filter({ has: page.getByRole("group", { name: "How often" }) });
}

export type Wish = { every: "Once" | "Monthly" | "Yearly"; custom: string; currency?: string };

/** Chooses as a person does who wants to give another amount than those on offer. */
export async function chooseCustomAmount(form: Locator, { every, custom, currency }: Wish): Promise<void> {
  await form.getByRole("radio", { name: every, exact: true }).check();
  if (currency) await form.getByLabel("Currency").selectOption(currency);
  await form.getByRole("radio", { name: "Other", exact: true }).and(form.page().locator(":visible")).check();
  await form.getByLabel("Your own amount").fill(custom);
}

/** Fills in the Checkout page and pays. */
export async function payAtCheckout(page: Page, { email, card }: { email: string; card: string }): Promise<void> {
  await expect(page).toHaveURL(new RegExp(`^${STRIPE}/`));
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Card number").fill(card);
  await page.getByLabel("Expiry (MM / YY)").fill("12 / 34");
  await page.getByLabel("Security code (CVC)").fill("123");
  await page.getByLabel("Name on card").fill("Anna Reader");
  // Asked for in some countries, as by Stripe; the browsers of the journeys seem to be in Britain.
  await page.getByLabel("Postal code").fill("SW1A 1AA");
  const pay = page.getByRole("button", { name: /^(Pay|Donate|Subscribe) / });
  await expectPressable(pay);
  await pay.click();
}

/** A gift from its link to the thank-you page that has heard of the money. */
export async function give(
  page: Page,
  wish: { every: "once" | "month" | "year"; amount: string; currency?: string; email: string },
) {
  const { every, amount, currency = "USD", email } = wish;
  await page.goto(`/give?${new URLSearchParams({ every, amount, currency })}`);
  await pressGive(page, /^Give/);
  await payAtCheckout(page, { email, card: CARD.paid });
  await expectThanks(page);
  // The device has been told what it gave, and remembers it.
  await expect(page.locator("[data-gave]")).toBeVisible();
}

/** Presses the button of the page's gift form, as soon as it says `name`. */
export async function pressGive(page: Page, name: string | RegExp, within: Page | Locator = page): Promise<void> {
  const button = giftForm(page, within).getByRole("button", { name });
  await expectPressable(button);
  await button.click();
}

/** The thank-you page that has heard of the money. */
export async function expectThanks(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: "Thank you", exact: true })).toBeVisible();
}
