import { getLinkIn, waitForMail } from "./mail";
import { expectPressable } from "./pressable";
import { expectAccessibleAtAllWidths } from "./readable";
import { SIGNED_IN_COLLEAGUE } from "./signed-in";
import { getSubscriptionByEmail, stripeClient } from "./stripe";
import { giveByRequests } from "./without-a-page";
import { expect, makeUniqueMailAddress, SITE_URL, test } from "./world";

test("a renewal fails, and the reader pays it with another card from the e-mail, without signing in", async ({
  page,
  browser,
}) => {
  const email = makeUniqueMailAddress("renewal");
  await giveByRequests(page, { every: "month", amount: "17.31", email });
  await waitForMail(email, "thanks");

  await test.step("the bank refuses a renewal, and one e-mail says so", async () => {
    const { id, customer } = await getSubscriptionByEmail(email);
    const card = await stripeClient().paymentMethods.attach("pm_card_chargeCustomerFail", {
      customer: String(customer),
    });
    // Makes the renewal due now, so that the test does not have to move the stand-in's clock. This also changes the
    // gift's charge day, so the supporter gets an additional e-mail about the new day.
    await stripeClient().subscriptions.update(id, {
      default_payment_method: card.id,
      billing_cycle_anchor: { type: "now" },
      proration_behavior: "none",
    });
    await waitForMail(email, "renewal-failed");
  });

  await test.step("staff see from Today since when it is overdue, and when Stripe tries next", async () => {
    const staff = await browser.newContext({ storageState: SIGNED_IN_COLLEAGUE.storageState });
    const desk = await staff.newPage();
    await desk.goto("/newsroom");
    const atRisk = desk.getByRole("link", { name: "Gifts at risk" });
    await expectPressable(atRisk);
    await atRisk.click();
    await expect(desk.getByRole("heading", { level: 1, name: "Overdue gifts" })).toBeVisible();
    const row = desk.getByRole("row").filter({ hasText: "$17.31 a month" });
    await expect(row.getByText(": the payment failed")).toBeVisible();
    await expect(row).toContainText("The bank declined the card");
    await expectAccessibleAtAllWidths(desk, "/newsroom/recurring/overdue");
    const gift = row.getByRole("link", { name: "$17.31 a month" });
    await expectPressable(gift);
    await gift.click();
    await expect(desk).toHaveURL(/\/newsroom\/gifts\//);
    await staff.close();
  });

  await test.step("the e-mail's link leads to Stripe's page of that payment", async () => {
    await page.goto(getLinkIn(await waitForMail(email, "renewal-failed"), "/your-gift/"));
    await expect(page.getByText("The last payment did not go through")).toBeVisible();
    const pay = page.getByRole("link", { name: "Pay on Stripe’s page" });
    await expectPressable(pay);
    await pay.click();
    await page.waitForURL((url) => !url.href.startsWith(SITE_URL));
  });

  await test.step("another card pays the renewal, and the thanks say that it recovered", async () => {
    await page.getByLabel("Card number").fill("4242 4242 4242 4242");
    await page.getByLabel("Expiry (MM / YY)").fill("12 / 34");
    await page.getByLabel("Security code (CVC)").fill("123");
    await page.getByLabel("Name on card").fill("Anna Reader");
    const pay = page.getByRole("button", { name: /^Pay/ });
    await expectPressable(pay);
    await pay.click();
    expect((await waitForMail(email, "thanks", 2)).text).toContain(
      "The payment that did not go through at first has now arrived.",
    );
    expect((await getSubscriptionByEmail(email)).status).toBe("active");
  });
});
