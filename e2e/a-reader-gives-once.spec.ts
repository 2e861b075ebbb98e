import { chooseCustomAmount, expectThanksPage, giftForm, payAtCheckout, pressGiveButton, TEST_CARDS } from "./giving";
import { listMailsTo, waitForMail } from "./mail";
import { expectPressable } from "./pressable";
import { expectAccessibleAtAllWidths } from "./readable";
import { expect, firstArticlePath, makeUniqueMailAddress, test } from "./world";

test("a reader gives €5 once on an article and is thanked by one e-mail", async ({ page }) => {
  const email = makeUniqueMailAddress("once");

  await test.step("gives on the article", async () => {
    await page.goto(await firstArticlePath(page));
    const main = page.getByRole("main");
    await chooseCustomAmount(giftForm(page, main), { frequency: "Once", customAmount: "5", currency: "EUR" });
    await pressGiveButton(page, "Give €5", main);
    await expect(page.getByRole("heading", { level: 1, name: "Your gift: €5", exact: true })).toBeVisible();
    await payAtCheckout(page, { email, card: TEST_CARDS.paid });
  });

  await test.step("is thanked", async () => {
    await expectThanksPage(page);
    await expect(page.getByText("Your gift of €5 has arrived.")).toBeVisible();
    const thanks = await waitForMail(email, "thanks");
    expect(thanks.text).toContain("€5");
    await page.getByText("Write to the newsroom, or dedicate your gift").click();
    await expectAccessibleAtAllWidths(page, "the thank-you page with its form");
    const back = page.getByRole("complementary", { name: "Back to the article" }).getByRole("link").first();
    await expectPressable(back, { smallestPx: 20 });
    await expect(back).toHaveAttribute("href", await firstArticlePath(page));
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const copy = page.getByRole("button", { name: "Copy the address" });
    await expectPressable(copy);
    await copy.click();
    await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
      new RegExp(`${await firstArticlePath(page)}$`),
    );
  });

  await test.step("gets no second e-mail when the page is opened again", async () => {
    await page.reload();
    await expectThanksPage(page);
    for (let time = 0; time < 2; time++) expect((await page.request.get(page.url())).ok()).toBe(true);
    expect(await listMailsTo(email)).toHaveLength(1);
  });
});

test("a reader who presses the button at once is recognised on the thank-you page", async ({ page }) => {
  await page.goto(await firstArticlePath(page));
  const form = giftForm(page, page.getByRole("main"));
  await form.scrollIntoViewIfNeeded();
  const button = form.getByRole("button", { name: /^Give \$/ });
  await expectPressable(button);
  const amount = /\$[\d,.]+/.exec((await button.textContent()) ?? "")?.[0] ?? "";
  // Presses with the keyboard. A mouse that moves to the button would make the page fetch the form's token before the
  // press.
  await button.focus();
  await page.keyboard.press("Enter");
  await payAtCheckout(page, { email: makeUniqueMailAddress("at-once"), card: TEST_CARDS.paid });
  await expectThanksPage(page);
  await expect(page.getByText(`Your gift of ${amount}`)).toBeVisible();
  await expect(page.getByRole("complementary", { name: "Back to the article" })).toBeVisible();
});
