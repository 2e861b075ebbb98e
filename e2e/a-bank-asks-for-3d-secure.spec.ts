import { CARD, giftForm, payAtCheckout } from "./giving";
import { expect, someMailbox, test } from "./world";

test.use({ expectedMessages: [/status of 402/] });

test("the bank asks for 3-D Secure: refused it takes nothing, confirmed it takes the gift", async ({ page }) => {
  const email = someMailbox("3ds");
  await page.goto("/give?every=once&amount=40");
  await giftForm(page).getByRole("button", { name: "Give $40" }).click();

  await payAtCheckout(page, { email, card: CARD.asksThreeDSecure });
  await page.getByRole("button", { name: "Fail authentication" }).click();
  await expect(page.getByRole("alert")).toBeVisible();

  await payAtCheckout(page, { email, card: CARD.asksThreeDSecure });
  await page.getByRole("button", { name: "Complete authentication" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Thank you", exact: true })).toBeVisible();
});
