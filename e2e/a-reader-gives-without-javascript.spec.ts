import { chooseCustomAmount, expectThanksPage, giftForm, payAtCheckout, TEST_CARDS } from "./giving";
import { waitForMail } from "./mail";
import { expectPressable } from "./pressable";
import { signInAs } from "./signing-in";
import { expect, firstArticlePath, makeUniqueMailAddress, test } from "./world";

test.use({ javaScriptEnabled: false });

test("a reader without JavaScript gives on an article, is thanked, and signs in", async ({ page }) => {
  const email = makeUniqueMailAddress("no-script");
  // Without a script, the form cannot compute the fee for the chosen amount. So its checkbox states the fee as a rate.
  const words = "Add the card fee (1.5% + €0.25), so that all of your gift arrives";
  const cover = page.getByRole("main").getByRole("checkbox", { name: words });
  const proceed = page.getByRole("main").getByRole("button", { name: "Continue to payment" });

  await test.step("the newsroom asks them to sign in", async () => {
    await page.goto("/newsroom");
    await expect(page).toHaveURL(/\/sign-in\?next=%2Fnewsroom$/);
    await expect(page.getByLabel("Email address")).toBeVisible();
  });

  await test.step("the article's form leads to /give, filled in, and no banner appears", async () => {
    await page.goto(await firstArticlePath(page));
    await expect(page.locator("[data-banner]")).toBeHidden();
    await chooseCustomAmount(giftForm(page, page.getByRole("main")), {
      frequency: "Yearly",
      customAmount: "77.50",
      currency: "EUR",
    });
    await expect(cover).not.toBeChecked();
    await cover.check();
    await expectPressable(proceed);
    await proceed.click();
    await expect(page).toHaveURL(/\/give\?/);
    await expect(page.getByRole("radio", { name: "Yearly" })).toBeChecked();
    await expect(page.getByLabel("Currency")).toHaveValue("EUR");
    await expect(page.getByLabel("Other amount")).toHaveValue("77.50");
    await expect(cover).toBeChecked();
  });

  await test.step("/give leads to Checkout and back to the thank-you page, which reloads by itself", async () => {
    await expectPressable(proceed);
    await proceed.click();
    await expect(page.getByText("€77.50, and €1.44 to cover the card fee.")).toBeVisible();
    await payAtCheckout(page, { email, card: TEST_CARDS.paid });
    await expectThanksPage(page);
    await waitForMail(email, "thanks");
  });

  await test.step("the supporters' area opens too", async () => {
    await page.goto("/supporters");
    await signInAs(page, email);
    await expect(page.getByRole("heading", { name: "€78.94 a year" })).toBeVisible();
  });
});
