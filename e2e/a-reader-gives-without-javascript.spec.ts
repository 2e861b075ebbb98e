import { CARD, chooseOwnSum, giftForm, payAtCheckout } from "./giving";
import { nextMailTo } from "./mail";
import { signInAs } from "./signing-in";
import { expect, firstArticle, someMailbox, test } from "./world";

test.use({ javaScriptEnabled: false });

test("a reader without JavaScript gives on an article, is thanked, and signs in", async ({ page }) => {
  const email = someMailbox("no-script");

  await test.step("the article's form leads to /give, filled in", async () => {
    await page.goto(await firstArticle(page));
    const form = giftForm(page, page.getByRole("main"));
    await chooseOwnSum(form, { every: "Yearly", own: "77.50", currency: "EUR" });
    await form.getByRole("button", { name: "Continue to payment" }).click();
    await expect(page).toHaveURL(/\/give\?/);
    await expect(page.getByRole("radio", { name: "Yearly" })).toBeChecked();
    await expect(page.getByLabel("Currency")).toHaveValue("EUR");
    await expect(page.getByLabel("Your own sum")).toHaveValue("77.50");
  });

  await test.step("/give leads to Checkout, and back to thanks", async () => {
    await page.getByRole("button", { name: "Continue to payment" }).click();
    await payAtCheckout(page, { email, card: CARD.paid });
    await expect(async () => {
      await page.reload();
      await expect(page.getByRole("heading", { level: 1, name: "Thank you", exact: true })).toBeVisible({
        timeout: 1_000,
      });
    }).toPass();
    await nextMailTo(email);
  });

  await test.step("the supporters' room opens too", async () => {
    await page.goto("/supporters");
    await signInAs(page, email);
    await expect(page.getByRole("heading", { name: "€77.50 a year" })).toBeVisible();
  });
});

test("the banner never stands in the way of a reader without JavaScript", async ({ page }) => {
  await page.goto(await firstArticle(page));
  await expect(page.locator("[data-banner]")).toBeHidden();
});
