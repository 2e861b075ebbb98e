import { expectPressable } from "./pressable";
import { getSubscriptionByEmail, stripeClient } from "./stripe";
import { giveByRequests, signInByRequests } from "./without-a-page";
import { expect, makeUniqueMailAddress, reloadUntilVisible, test } from "./world";

test("a subscriber starts a gift again after it has ended, with one press and the same card", async ({ page }) => {
  const email = makeUniqueMailAddress("again");
  await giveByRequests(page, { every: "month", amount: "10", email });
  const { id } = await getSubscriptionByEmail(email);
  await signInByRequests(page, email);
  await page.goto("/supporters");
  await page.getByRole("link", { name: "Manage this gift" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Your monthly gift" })).toBeVisible();
  await stripeClient().subscriptions.cancel(id);
  await reloadUntilVisible(page, page.getByRole("heading", { name: "Start again" }));
  const again = page.getByRole("button", { name: "Give $10 a month again" });
  await expectPressable(again);
  await again.click();
  await expect(page.getByText("Your gift is active again. Thank you.")).toBeVisible();
  const next = await getSubscriptionByEmail(email);
  expect(next).toMatchObject({ status: "active" });
  expect(next.id).not.toBe(id);
});
