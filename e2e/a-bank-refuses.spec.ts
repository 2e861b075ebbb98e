import { expectThanksPage, payAtCheckout, pressGiveButton, TEST_CARDS, waitForCheckout } from "./giving";
import { listMailsTo, waitForMail } from "./mail";
import { expectPressable } from "./pressable";
import { expect, makeUniqueMailAddress, test } from "./world";

// When a card is declined, the response has status 402, and the browser logs an error.
test.use({ expectedProblems: [/status of 402/] });

test("a declined card and a failed 3-D Secure check charge nothing, and a confirmed one pays once", async ({
  page,
}) => {
  const email = makeUniqueMailAddress("refused");
  await test.step("a declined card is explained at Checkout", async () => {
    await page.goto("/give?every=once&amount=12&currency=GBP");
    await pressGiveButton(page, "Give £12");
    await payAtCheckout(page, { email, card: TEST_CARDS.declined });
    await expect((await waitForCheckout(page)).getByRole("alert")).toContainText("declined");
    expect(await listMailsTo(email)).toHaveLength(0);
  });

  await test.step("a failed 3-D Secure check returns to Checkout", async () => {
    await payAtCheckout(page, { email, card: TEST_CARDS.asksThreeDSecure });
    const checkout = await waitForCheckout(page);
    const fail = checkout.getByRole("button", { name: "Fail authentication" });
    await expectPressable(fail);
    await fail.click();
    await expect(checkout.getByRole("alert")).toBeVisible();
    await expect(checkout.getByRole("alert")).not.toContainText("declined");
    expect(await listMailsTo(email)).toHaveLength(0);
  });

  await test.step("a confirmed 3-D Secure check pays", async () => {
    await payAtCheckout(page, { email, card: TEST_CARDS.asksThreeDSecure });
    const complete = (await waitForCheckout(page)).getByRole("button", { name: "Complete authentication" });
    await expectPressable(complete);
    await complete.click();
    await expectThanksPage(page);
    await waitForMail(email, "thanks");
    expect(await listMailsTo(email)).toHaveLength(1);
  });
});
