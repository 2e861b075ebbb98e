import { giveInBrowser } from "./giving";
import { getLinkIn, waitForMail } from "./mail";
import { SIGNED_IN_COLLEAGUE } from "./signed-in";
import { stripeClient } from "./stripe";
import { giveByRequests, signInByRequests } from "./without-a-page";
import { expect, makeUniqueMailAddress, test } from "./world";

/**
 * Refunds a gift through Stripe's API, as if staff had refunded it in Stripe's dashboard. `thankYou`: the URL of the
 * gift's thank-you page. Without `amount`, refunds the whole gift.
 */
async function refund(thankYou: string, amount?: number): Promise<void> {
  const session = new URL(thankYou).searchParams.get("session") ?? "";
  const { payment_intent } = await stripeClient().checkout.sessions.retrieve(session);
  await stripeClient().refunds.create({ payment_intent: String(payment_intent), amount });
}

test("a gift refunded in full is nowhere shown as given", async ({ page, browser }) => {
  const email = makeUniqueMailAddress("refunded");
  const thankYou = await giveByRequests(page, { every: "once", amount: "43.21", email });
  await waitForMail(email, "thanks");
  await refund(thankYou);

  const mail = await waitForMail(email, "refunded");
  expect(mail.subject).toMatch(/^Your refund from ./);
  expect(mail.text).toContain("We have refunded the $43.21 that you gave on");
  await page.goto(thankYou);
  await expect(page.getByRole("heading", { level: 1, name: "This gift was returned" })).toBeVisible();
  await expect(page.getByText("has arrived")).toHaveCount(0);

  await signInByRequests(page, email);
  await page.goto(getLinkIn(mail, "/supporters/gifts"));
  await expect(page.getByRole("heading", { level: 1, name: "Receipt, amended" })).toBeVisible();
  const lines = page.locator(".sheet-lines > div");
  await expect(lines.filter({ hasText: "Given" })).toContainText("$43.21");
  await expect(lines.filter({ hasText: "Refunded on" })).toContainText("−$43.21");
  await expect(lines.filter({ hasText: "Kept" })).toContainText("$0.00");
  await expect(page.getByText("Thank you.")).toHaveCount(0);

  await page.getByRole("link", { name: "Back to your page" }).click();
  await expect(page.getByRole("heading", { name: "These letters are for supporters" })).toBeVisible();
  await expect(page.getByText("you have given")).toHaveCount(0);
  await expect(page.getByRole("row").filter({ hasText: "$43.21" })).toContainText("Refunded");

  const newsroom = await browser.newContext({ storageState: SIGNED_IN_COLLEAGUE.storageState });
  const staff = await newsroom.newPage();
  await staff.goto("/newsroom/payments?state=returned");
  const row = staff.getByRole("row").filter({ hasText: "Refunded" }).filter({ hasText: "$43.21" });
  await expect(row.getByRole("cell", { name: "$0.00", exact: true })).toBeVisible();
  await newsroom.close();
});

test("a gift refunded in part counts only with the part that is kept", async ({ page }) => {
  const email = makeUniqueMailAddress("part");
  await giveInBrowser(page, { interval: "once", amount: "20", email });
  await waitForMail(email, "thanks");
  await refund(page.url(), 500);
  expect((await waitForMail(email, "refunded")).text).toContain(
    "We have refunded $5.00 of the $20.00 that you gave on",
  );
  await page.reload();
  await expect(page.getByText("Part of it has been returned since, and $15 is kept.")).toBeVisible();

  await signInByRequests(page, email);
  await page.goto("/supporters");
  await expect(page.getByText(/^Since .+ you have given \$15\. Thank you\.$/)).toBeVisible();
  await expect(page.getByRole("heading", { name: "Letters from the newsroom" })).toBeVisible();
  await page.getByRole("link", { name: /^Receipt of/ }).click();
  await expect(page.locator(".sheet-lines > div").last()).toHaveText("Kept$15.00");
});
