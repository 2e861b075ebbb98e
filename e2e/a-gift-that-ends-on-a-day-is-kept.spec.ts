import { expectPressable } from "./pressable";
import { getSubscriptionByEmail, stripeClient } from "./stripe";
import { giveByRequests, signInByRequests } from "./without-a-page";
import { expect, makeUniqueMailAddress, reloadUntilVisible, test } from "./world";

const DAY_S = 86_400;

test("“Keep giving” keeps a gift whose end was set to a day at Stripe", async ({ page }) => {
  const email = makeUniqueMailAddress("kept");
  await giveByRequests(page, { every: "month", amount: "10", email });
  const { id, items } = await getSubscriptionByEmail(email);
  const cancel_at = (items.data[0]?.current_period_end ?? 0) - DAY_S;
  await stripeClient().subscriptions.update(id, { cancel_at });
  await signInByRequests(page, email);
  await page.goto("/supporters");
  await reloadUntilVisible(page, page.getByText(/^Canceled\. It ends on .*, and nothing more is charged\.$/));
  const keep = page.getByRole("button", { name: "Keep giving" });
  await expectPressable(keep);
  await keep.click();
  await expect(page.getByText("Your gift continues.")).toBeVisible();
  await expect(page.getByText(/^Thank you\. You give \$10 a month, and the next payment is on /)).toBeVisible();
  expect((await stripeClient().subscriptions.retrieve(id)).cancel_at).toBeNull();
});
