import { expect, type Page, test } from "@playwright/test";
import { expectPressable } from "./pressable";
import { expectAccessible, expectFitAtAllWidths } from "./readable";
import { createStandInAccount, fillInCheckout } from "./stand-in";
import { STRIPE_STAND_IN_URL, testInFullRun } from "./world";

const { stripe } = createStandInAccount();

async function checkoutAddress(locale: "en" | "auto" | "de" = "en"): Promise<string> {
  const price_data = { currency: "eur", unit_amount: 2_000, product_data: { name: "Reader support" } };
  const session = await stripe.checkout.sessions.create({
    mode: "payment",
    locale,
    success_url: `${STRIPE_STAND_IN_URL}/receipts/none`,
    cancel_url: `${STRIPE_STAND_IN_URL}/`,
    line_items: [{ price_data, quantity: 2, adjustable_quantity: { enabled: true, minimum: 1 } }],
    consent_collection: { terms_of_service: "required" },
    custom_fields: [{ key: "motto", label: { type: "custom", custom: "A word for us" }, type: "text", optional: true }],
  });
  return session.url ?? "";
}

async function portalAddress(): Promise<string> {
  const customer = await stripe.customers.create({
    email: "reader@example.org",
    name: "Rosa Reader",
    payment_method: "pm_card_visa",
    invoice_settings: { default_payment_method: "pm_card_visa" },
  });
  await stripe.billingPortal.configurations.create({
    features: {
      customer_update: { enabled: true, allowed_updates: ["email", "name", "address"] },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: { enabled: true, cancellation_reason: { enabled: true, options: ["other", "unused"] } },
    },
  });
  return (await stripe.billingPortal.sessions.create({ customer: customer.id, return_url: STRIPE_STAND_IN_URL })).url;
}

const BEST_PRACTICE = { tags: ["best-practice"] };

async function expectForEveryone(page: Page, name: string): Promise<void> {
  for (const { colorScheme, width } of [
    { colorScheme: "light", width: 1440 },
    { colorScheme: "dark", width: 360 },
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await expectAccessible(page, `${name}, ${colorScheme}`, BEST_PRACTICE);
  }
  await expectFitAtAllWidths(page, name);
}

// Tests German because it has the longest words, but only in the full run. English and Arabic, tested in every run,
// cover both writing directions.
for (const { locale, colorScheme } of [
  { locale: "en", colorScheme: "light" },
  { locale: "de", colorScheme: "light" },
  { locale: "ar", colorScheme: "dark" },
] as const)
  (locale === "de" ? testInFullRun : test)(
    `the Checkout page in ${locale} can be used by everyone when it shows errors${locale === "en" ? ", and before" : ""}`,
    async ({ browser }) => {
      // Stripe's parameter `locale` does not accept Arabic. With `auto`, the page uses the browser's language.
      const page = await browser.newPage({ locale });
      await page.goto(await checkoutAddress(locale === "ar" ? "auto" : locale));
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      await page.locator("details.cards summary").click();
      if (locale === "en") await expectForEveryone(page, "Checkout");
      const pay = page.locator(".SubmitButton");
      await expectPressable(pay);
      await pay.click();
      await expect(page.locator("#email")).toBeFocused();
      await expect(page.locator("#email-error")).toBeVisible();
      await page.emulateMedia({ colorScheme });
      await expectAccessible(page, `Checkout in ${locale} with its reasons`, BEST_PRACTICE);
      await expectFitAtAllWidths(page, `Checkout in ${locale} with its reasons`);
      await page.context().close();
    },
  );

test("the billing portal and its forms can be used by everyone", async ({ page }) => {
  const address = await portalAddress();
  for (const step of ["", "/method", "/details"]) {
    await page.goto(`${address}${step}`);
    await expectForEveryone(page, `the portal${step}`);
  }
});

test("Checkout shows a field's error when it loses focus, the card's brand, and only the chosen method's fields", async ({
  page,
}) => {
  await page.goto(await checkoutAddress());
  const number = page.getByLabel("Card number");
  await number.pressSequentially("4242424242424243");
  await expect(number).toHaveValue("4242 4242 4242 4243");
  await expect(page.locator(".brand")).toHaveText("Visa");
  await number.blur();
  await expect(page.getByText("Your card number is invalid.")).toBeVisible();
  await number.press("End");
  await number.press("Backspace");
  await number.pressSequentially("2");
  await expect(page.getByText("Your card number is invalid.")).toBeHidden();
  await page.getByLabel("SEPA Direct Debit").check();
  await expect(number).toBeHidden();
  await page.getByLabel("IBAN").fill("DE00 1234");
  await page.getByLabel("Account holder").fill("Rosa Reader");
  await expect(page.getByText("This IBAN is invalid.")).toBeVisible();
});

test("a double click on Checkout's button pays once", async ({ page }) => {
  await page.goto(await checkoutAddress());
  await fillInCheckout(page);
  await page.getByLabel("I agree to the terms of service.").check();
  await page.locator(".SubmitButton").dblclick();
  await expect(page).toHaveURL(/receipts/);
  expect((await stripe.charges.list()).data).toHaveLength(1);
});
