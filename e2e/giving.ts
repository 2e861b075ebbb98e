import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";
import { expectPressable } from "./pressable";
import { SITE_URL, STRIPE_STAND_IN_URL } from "./world";

export const TEST_CARDS = {
  paid: "4242 4242 4242 4242",
  declined: "4000 0000 0000 0002",
  /** The bank disputes a payment with this card. */
  disputed: "4000 0000 0000 0259",
  asksThreeDSecure: "4000 0000 0000 3220",
};

export function giftForm(page: Page, within: Page | Locator = page): Locator {
  return within.locator("form").filter({ has: page.getByRole("group", { name: "How often" }) });
}

export type GiftChoice = { frequency: "Once" | "Monthly" | "Yearly"; customAmount: string; currency?: string };

export async function chooseCustomAmount(
  form: Locator,
  { frequency, customAmount, currency }: GiftChoice,
): Promise<void> {
  await form.getByRole("radio", { name: frequency, exact: true }).check();
  if (currency) await form.getByLabel("Currency").selectOption(currency);
  await form.getByRole("radio", { name: "Other", exact: true }).and(form.page().locator(":visible")).check();
  await form.getByLabel("Other amount").fill(customAmount);
}

/**
 * Returns Stripe's payment form: in a frame on our payment page, or on Stripe's own page, for example for readers
 * without JavaScript.
 */
export async function waitForCheckout(page: Page): Promise<Page | FrameLocator> {
  await expect(page).toHaveURL(new RegExp(`^(${STRIPE_STAND_IN_URL}/|${SITE_URL}/give/pay)`));
  return page.url().startsWith(STRIPE_STAND_IN_URL) ? page : page.frameLocator("iframe[name=embedded-checkout]");
}

export async function payAtCheckout(page: Page, { email, card }: { email: string; card: string }): Promise<void> {
  const checkout = await waitForCheckout(page);
  await checkout.getByLabel("Email").fill(email);
  await checkout.getByLabel("Card number").fill(card);
  await checkout.getByLabel("Expiry (MM / YY)").fill("12 / 34");
  await checkout.getByLabel("Security code (CVC)").fill("123");
  await checkout.getByLabel("Name on card").fill("Anna Reader");
  // Stripe asks for the postal code in some countries. The tests' browsers use British English, so Stripe assumes
  // Britain.
  await checkout.getByLabel("Postal code").fill("SW1A 1AA");
  const pay = checkout.getByRole("button", { name: /^(Pay|Donate|Subscribe) / });
  await expectPressable(pay);
  await pay.click();
}

export async function giveInBrowser(
  page: Page,
  choice: { interval: "once" | "month" | "year"; amount: string; currency?: string; email: string },
) {
  const { interval, amount, currency = "USD", email } = choice;
  await page.goto(`/give?${new URLSearchParams({ every: interval, amount, currency })}`);
  await pressGiveButton(page, /^Give/);
  await payAtCheckout(page, { email, card: TEST_CARDS.paid });
  await expectThanksPage(page);
  // Waits for the element that becomes visible once the thank-you page has stored the gift on the device.
  await expect(page.locator("[data-gave]")).toBeVisible();
}

export async function pressGiveButton(page: Page, name: string | RegExp, within: Page | Locator = page): Promise<void> {
  const button = giftForm(page, within).getByRole("button", { name });
  await expectPressable(button);
  await button.click();
}

export async function expectThanksPage(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1, name: "Thank you", exact: true })).toBeVisible();
}
