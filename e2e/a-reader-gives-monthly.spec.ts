import { CARD, expectThanks, payAtCheckout, pressGive } from "./giving";
import { nextMailTo } from "./mail";
import { expectPressable } from "./pressable";
import { openLink } from "./signing-in";
import { expect, type Locator, someMailbox, test } from "./world";

test("a reader gives monthly, signs in by mail, reads a letter, changes the amount, cancels, and undoes it", async ({
  page,
}) => {
  const email = someMailbox("monthly");

  await test.step("gives $10 monthly and is thanked by mail", async () => {
    await page.goto("/give?every=month&amount=10");
    await pressGive(page, "Give $10 monthly");
    await payAtCheckout(page, { email, card: CARD.paid });
    await expectThanks(page);
    expect((await nextMailTo(email)).subject).toMatch(/^Thank you/);
  });

  await test.step("signs in by the link that the thank-you page mailed", async () => {
    await press(page.getByRole("button", { name: "Email me my sign-in link" }));
    await expect(page.getByRole("heading", { name: "Check your email" })).toBeVisible();
    await openLink(page, email, 2);
    await expect(page.getByRole("heading", { level: 1, name: "For supporters" })).toBeVisible();
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

  await test.step("changes the amount to $15", async () => {
    await press(page.getByRole("link", { name: "Change the amount" }));
    await page.getByLabel("New amount in USD").fill("1");
    await press(page.getByRole("button", { name: "Change the amount" }));
    await expect(page.getByLabel("New amount in USD")).toHaveValue("1");
    await expect(page.getByText("The smallest gift we can take is $2.")).toBeVisible();
    await page.getByLabel("New amount in USD").fill("15");
    await press(page.getByRole("button", { name: "Change the amount" }));
    await expect(page.getByText("Your gift is now $15 a month.")).toBeVisible();
    expect(new URL(page.url()).search).toBe("");
    await page.reload();
    await expect(page.getByRole("heading", { name: "Your monthly gift" })).toBeVisible();
    await expect(page.getByText("Your gift is now")).toHaveCount(0);
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

  await test.step("undoes it", async () => {
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
