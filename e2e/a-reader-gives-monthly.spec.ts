import { expectThanksPage, payAtCheckout, pressGiveButton, TEST_CARDS } from "./giving";
import { waitForMail } from "./mail";
import { expectPressable } from "./pressable";
import { signInWithNthLink } from "./signing-in";
import { expect, type Locator, makeUniqueMailAddress, reloadUntilVisible, test } from "./world";

test("a reader gives monthly, signs in by e-mail, reads a letter, changes the gift, cancels, and undoes it", async ({
  page,
}) => {
  const email = makeUniqueMailAddress("monthly");

  await test.step("gives $10 monthly and is thanked by e-mail", async () => {
    await page.goto("/give?every=month&amount=10");
    await pressGiveButton(page, "Give $10 monthly");
    await payAtCheckout(page, { email, card: TEST_CARDS.paid });
    await expectThanksPage(page);
    expect((await waitForMail(email, "thanks")).text).toContain("$10.00");
  });

  await test.step("signs in by the link that the thank-you page mailed", async () => {
    await press(page.getByRole("button", { name: "Email me my sign-in link" }));
    await expect(page.getByRole("heading", { name: "Check your email" })).toBeVisible();
    await signInWithNthLink(page, email, 1);
    await expect(page.getByRole("heading", { level: 1, name: "Your page" })).toBeVisible();
  });

  await test.step("reads a letter", async () => {
    const letters = page.getByRole("region", { name: "Letters from the newsroom" });
    await press(letters.getByRole("link").first());
    await expect(page.getByText("A letter to our supporters")).toBeVisible();
    await page.goBack();
  });

  await test.step("finds the receipt", async () => {
    await press(page.getByRole("link", { name: /^Receipt/ }).first());
    await expect(page.getByRole("heading", { level: 1, name: "Receipt" })).toBeVisible();
    await expect(page.getByText("$10.00")).toBeVisible();
    await page.goBack();
  });

  await test.step("changes the amount to $15; one change opens at a time", async () => {
    await press(page.getByRole("link", { name: "Manage this gift" }));
    await press(page.locator("summary", { hasText: "How often" }));
    await expect(page.getByText("The first yearly payment")).toBeVisible();
    await press(page.locator("summary", { hasText: "Amount" }));
    await expect(page.getByText("The first yearly payment")).toBeHidden();
    const amount = page.getByLabel("Or another amount, in USD").and(page.locator(":visible"));
    await amount.fill("1");
    await press(page.getByRole("button", { name: "Change the amount" }));
    await expect(page.getByText("The smallest gift we can take is $2.")).toBeVisible();
    await expect(amount).toHaveValue("1");
    await amount.fill("15");
    await press(page.getByRole("button", { name: "Change the amount" }));
    await expect(page.getByText("Your gift is now $15 a month.")).toBeVisible();
    expect(new URL(page.url()).search).toBe("");
    await page.reload();
    await expect(page.getByRole("heading", { name: "Your monthly gift" })).toBeVisible();
    await expect(page.getByText("Your gift is now")).toHaveCount(0);
    expect((await waitForMail(email, "changed")).text).toContain("$15.00 a month");
  });

  await test.step("uses another card on Stripe's page, and comes back", async () => {
    await press(page.locator("summary", { hasText: "Card" }));
    await press(page.getByRole("button", { name: "Use another card" }));
    await page.getByLabel("Card number").fill("5555 5555 5555 4444");
    await page.getByLabel("Expiry (MM / YY)").fill("11 / 39");
    await page.getByLabel("Security code (CVC)").fill("123");
    await page.getByLabel("Name on card").fill("Anna Reader");
    await press(page.getByRole("button", { name: "Save" }));
    await expect(page.getByRole("heading", { name: "Your monthly gift" })).toBeVisible();
    await reloadUntilVisible(page, page.getByText("Valid until November 2039"));
    // This is the second e-mail of this kind: the first one was about the changed amount.
    expect((await waitForMail(email, "changed", 2)).text).toContain("Your gift has another card");
  });

  await test.step("a made-up link reports no change", async () => {
    await page.goto(`${new URL(page.url()).pathname}?done=amount&before=9999`);
    await expect(page.getByRole("heading", { name: "Your monthly gift" })).toBeVisible();
    await expect(page.getByText("Your gift is now")).toHaveCount(0);
  });

  await test.step("cancels in two clicks", async () => {
    await page.goto("/supporters");
    await press(page.getByRole("link", { name: "Cancel", exact: true }));
    await press(page.getByRole("button", { name: "Cancel my gift" }));
    await expect(page.getByText("Your gift is canceled.")).toBeVisible();
  });

  await test.step("undoes the cancellation", async () => {
    await press(page.getByRole("button", { name: "Keep giving" }).first());
    await expect(page.getByText("Your gift continues.")).toBeVisible();
    await page.goto("/supporters");
    await expect(page.getByRole("heading", { name: "$15 a month" })).toBeVisible();
  });
});

async function press(target: Locator): Promise<void> {
  await expectPressable(target);
  await target.click();
}
