import { CARD, giftForm, payAtCheckout } from "./giving";
import { mailTo, nextMailTo } from "./mail";
import { expect, SITE, someMailbox, test } from "./world";

// The browser's own line about the answer to a declined card.
test.use({ expectedMessages: [/status of 402/] });

test("a declined card is told at Checkout; nothing is thanked for until another card pays", async ({ page }) => {
  const email = someMailbox("declined");
  await page.goto("/give?every=once&amount=30");
  await giftForm(page).getByRole("button", { name: "Give $30" }).click();
  await payAtCheckout(page, { email, card: CARD.declined });
  await expect(page.getByRole("alert")).toContainText("declined");
  expect(page.url()).not.toContain(SITE);
  expect(await mailTo(email)).toHaveLength(0);

  await payAtCheckout(page, { email, card: CARD.paid });
  await expect(page.getByRole("heading", { level: 1, name: "Thank you", exact: true })).toBeVisible();
  await nextMailTo(email);
  expect(await mailTo(email)).toHaveLength(1);
});
