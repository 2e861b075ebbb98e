import {
  chooseCustomAmount,
  expectThanksPage,
  giftForm,
  payAtCheckout,
  pressGiveButton,
  TEST_CARDS,
  waitForCheckout,
} from "./giving";
import { waitForMail } from "./mail";
import { expectPressable } from "./pressable";
import { signInByRequests } from "./without-a-page";
import { expect, firstArticlePath, makeUniqueMailAddress, test } from "./world";

test("a reader covers the card fee, and sees the same sums at every step up to the receipt", async ({ page }) => {
  const email = makeUniqueMailAddress("cover");
  const box = page.getByRole("main").getByRole("checkbox").and(page.locator(":visible"));

  await test.step("the box is off, and names the fee in money for the amount that is chosen or typed", async () => {
    await page.goto(await firstArticlePath(page));
    const form = giftForm(page, page.getByRole("main"));
    await chooseCustomAmount(form, { frequency: "Once", customAmount: "20", currency: "EUR" });
    await expect(box).toHaveAccessibleName("Add €0.56 for the card fee, so that all of your €20 arrives");
    await expect(box).not.toBeChecked();
    await form.getByLabel("Other amount").fill("15");
    await expect(box).toHaveAccessibleName("Add €0.49 for the card fee, so that all of your €15 arrives");
    await expect(form.getByRole("button", { name: "Give €15", exact: true })).toBeVisible();
    await box.check();
    // The box stays checked when the currency changes.
    await form.getByLabel("Currency").selectOption("USD");
    await expect(box).toBeChecked();
    await form.getByLabel("Currency").selectOption("EUR");
    await expectPressable(box, { smallestPx: 18 });
    await pressGiveButton(page, "Give €15.49", page.getByRole("main"));
  });

  await test.step("changes their mind on the payment page, and finds the box as it was", async () => {
    await expect(page.getByRole("heading", { level: 1, name: "Your gift: €15.49", exact: true })).toBeVisible();
    await expect(page.getByText("€0.49 of it covers the card fee.")).toBeVisible();
    await page.getByRole("link", { name: "Change" }).click();
    await expect(box).toBeChecked();
    await pressGiveButton(page, "Give €15.49");
  });

  await test.step("pays what Checkout says, too", async () => {
    const checkout = await waitForCheckout(page);
    await expect(checkout.getByText("€15.00, and €0.49 to cover the card fee.")).toBeVisible();
    await expect(checkout.getByRole("button", { name: "Donate €15.49" })).toBeVisible();
    await payAtCheckout(page, { email, card: TEST_CARDS.paid });
    await expectThanksPage(page);
    await expect(page.getByText("Your gift of €15.49 has arrived.")).toBeVisible();
    await expect(page.getByText("€0.49 of it covers the card fee.")).toBeVisible();
    await waitForMail(email, "thanks");
  });

  await test.step("has a receipt with both parts", async () => {
    await signInByRequests(page, email);
    await page.goto("/supporters");
    await page
      .getByRole("link", { name: /^Receipt/ })
      .first()
      .click();
    const lines = page.locator("article.sheet dl").last().locator("div");
    await expect(lines).toHaveText(["Gift€15.00", "Card fee that you covered€0.49", "Amount€15.49"]);
  });
});
